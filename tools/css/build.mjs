// Builds app/static/css/wijkstem.css: our tokens, of NL Design System only what occurs in a template or in
// docs/look.md, and our own rules. Run with `npm ci && npm run build` in this folder.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Features, transform } from "lightningcss";
import postcss from "postcss";
import parseValue from "postcss-value-parser";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
// Ours, in the order in which they count.
const PARTS = [
  "plain",
  "frame",
  "layout",
  "footer",
  "fields",
  "messages",
  "things",
  "charts",
  "review",
  "wide_and_narrow",
  "paper",
];
const read = (...path) => readFileSync(join(...path), "utf8");

function usedClasses() {
  const templates = join(root, "app", "templates");
  const pages = readdirSync(templates, { recursive: true }).filter((name) => name.endsWith(".html"));
  const texts = [...pages.map((name) => read(templates, name)), read(root, "docs", "look.md")];
  return new Set(texts.flatMap((text) => text.match(/utrecht-[a-z0-9_-]+/g) ?? []));
}

// Whether every class that this selector asks for is used; what it excludes with :not() does not matter.
function isUsed(selector, used) {
  const asked = selector.replace(/:not\([^)]*\)/g, "").match(/\.utrecht-[a-z0-9_-]+/g) ?? [];
  return asked.every((name) => used.has(name.slice(1)));
}

function onlyUsed(css, used) {
  const sheet = postcss.parse(css);
  sheet.walkRules((rule) => {
    const selectors = rule.selectors.filter((selector) => isUsed(selector, used));
    if (selectors.length) rule.selectors = selectors;
    else rule.remove();
  });
  sheet.walkComments((comment) => comment.remove());
  return sheet.toString();
}

// The value with each variable that is set nowhere replaced by what it falls back to, and without what a token of
// ours never falls back to; null when nothing is left.
function settledValue(value, isSet, isToken) {
  const parsed = parseValue(value);
  let empty = false;
  parsed.walk((node) => {
    while (node.type === "function" && node.value === "var" && !isSet(node.nodes[0].value)) {
      const fallback = parseValue.stringify(node.nodes.slice(2)).trim();
      if (!fallback) {
        empty = true;
        return false;
      }
      const [first, ...more] = parseValue(fallback).nodes;
      if (first.type === "function" && !more.length) Object.assign(node, first);
      else Object.assign(node, { type: "word", value: fallback, nodes: undefined });
    }
    if (node.value === "var" && node.nodes && isToken(node.nodes[0].value)) node.nodes.length = 1;
  });
  return empty ? null : parsed.toString();
}

// The components ask for some hundreds of tokens; ours set the ones that matter. What is left over goes, until
// nothing changes any more: a private variable that only held unset ones is itself unset then.
function settle(sheet) {
  for (let changed = true; changed; ) {
    changed = false;
    const set = new Set();
    const tokens = new Set();
    sheet.walkDecls(/^--/, (declaration) => {
      set.add(declaration.prop);
      if (declaration.parent.selector === ":root") tokens.add(declaration.prop);
    });
    sheet.walkDecls(/.*/, (declaration) => {
      if (!declaration.value.includes("var(")) return;
      const value = settledValue(
        declaration.value,
        (name) => set.has(name),
        (name) => tokens.has(name),
      );
      if (value === declaration.value) return;
      changed = true;
      if (value === null) declaration.remove();
      else declaration.value = value;
    });
  }
  const asked = new Set(sheet.toString().match(/(?<=var\(\s*)--[\w-]+/g));
  sheet.walkDecls(/^--_?utrecht-/, (declaration) => {
    if (!asked.has(declaration.prop)) declaration.remove();
  });
  return sheet.toString();
}

const { devDependencies } = JSON.parse(read(here, "package.json"));
const packages = Object.keys(devDependencies).filter((name) => name.startsWith("@utrecht/"));
const used = usedClasses();
const components = packages.map((name) => {
  const path = join(here, "node_modules", name, "dist", "index.css");
  if (!existsSync(path)) throw new Error(`${name} is not installed; run npm ci first`);
  return onlyUsed(readFileSync(path, "utf8"), used);
});
const source = settle(postcss.parse([
  read(here, "tokens.css"),
  "@layer plain, utrecht;",
  `@layer utrecht { ${components.join("\n")} }`,
  ...PARTS.map((name) => read(here, "parts", `${name}.css`)),
].join("\n")));

// Browsers from 2023 on: none of these needs a prefix or a physical direction in place of a logical one.
const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (4 << 8) };
const { code } = transform({
  filename: "wijkstem.css",
  code: Buffer.from(source),
  minify: true,
  targets,
  exclude: Features.LightDark,
});
const licence = "/*! Contains components of NL Design System, Municipality of Utrecht and Frameless. SPDX: EUPL-1.2 */\n";
const bundle = licence + code.toString() + "\n";
writeFileSync(join(root, "app", "static", "css", "wijkstem.css"), bundle);
console.log(`wijkstem.css: ${bundle.length} bytes, ${gzipSync(bundle).length} compressed`);
