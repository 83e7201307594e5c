"""Splits text into sentences, by offsets: for cutting passages, and for reading claims."""

from loccit.sentences.splitting import sentences

__all__ = ["sentences"]
