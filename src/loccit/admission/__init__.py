"""Who is let in, and who belongs: the rules of ``accounts`` over what is kept of people."""

from loccit.admission.entering import Admission
from loccit.admission.members import Member, Members
from loccit.admission.secrets import as_code, digest_of, new_code

__all__ = ["Admission", "Member", "Members", "as_code", "digest_of", "new_code"]
