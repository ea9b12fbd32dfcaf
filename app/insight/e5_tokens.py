"""The tokenizer of multilingual-e5-small (SentencePiece, unigram), built from the installed vocabulary."""

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from app.insight.e5_weights import Weights


def tokenizer(weights: Weights, tokens_at_most: int) -> Tokenizer:
    """Gives the ids that the model was trained with; what is longer is cut."""
    shape = weights.shape
    made = Tokenizer(models.Unigram(weights.vocabulary, unk_id=shape.unknown))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", shape.bos), ("</s>", shape.eos)]
    )
    made.enable_truncation(tokens_at_most)
    return made
