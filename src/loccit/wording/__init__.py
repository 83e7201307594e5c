"""Puts an article in its reader's words. Statements, citations and numbers stay as they are."""

from loccit.wording.glossary import Glossary, load_glossary
from loccit.wording.manners import Manner, load_manners
from loccit.wording.sameness import Sameness
from loccit.wording.wording import Worder

__all__ = ["Glossary", "Manner", "Sameness", "Worder", "load_glossary", "load_manners"]
