"""The field's words as frozen values. Standard library only; imports nothing else of ours."""

from loccit.terms.articles import *
from loccit.terms.changes import *
from loccit.terms.documents import *
from loccit.terms.errors import *
from loccit.terms.evidence import *
from loccit.terms.following import *
from loccit.terms.gate import *
from loccit.terms.kinds import *
from loccit.terms.library import *
from loccit.terms.offers import *
from loccit.terms.reports import *
from loccit.terms.review import *
from loccit.terms.shapes import *
from loccit.terms.turns import *
from loccit.terms.wording import *
