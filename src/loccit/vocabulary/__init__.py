"""Names of drugs, conditions, procedures and populations, and how to find them in a text.

The words are data (``data/*.tsv``, each with owner, source and licence); this room loads and
matches them. It knows nothing of documents, questions or stores.
"""

from loccit.vocabulary.lexicon import Lexicon
from loccit.vocabulary.loading import Vocabulary, load_vocabulary, vocabulary_digest

__all__ = ["Lexicon", "Vocabulary", "load_vocabulary", "vocabulary_digest"]
