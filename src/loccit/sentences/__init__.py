"""Splits text into sentences, by offsets: passages are cut so, and texts under check are read so."""

from loccit.sentences.splitting import sentences

__all__ = ["sentences"]
