"""The documents are true."""

from pathlib import Path

from app.config import ROOT, Settings

README = Path(ROOT, "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme_with_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        assert f"| `{name.upper()}` | {field.description} |" in README


def test_every_file_that_a_document_links_to_is_there() -> None:
    import re

    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    for document in documents:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"
