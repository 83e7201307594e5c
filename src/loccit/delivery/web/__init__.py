"""The pages and the HTTP API. Answers come from an engine that the caller makes.

No page needs a script or another host; facts of a case travel in the body of a request, never in an
address, and nothing that was asked is logged.
"""

from loccit.delivery.web.app import LOCAL_HOSTS, create_app
from loccit.delivery.web.behind import Late
from loccit.delivery.web.settings import Settings, settings_from

__all__ = ["LOCAL_HOSTS", "Late", "Settings", "create_app", "settings_from"]
