"""``Institution`` by OpenID Connect: the code flow with PKCE, state and nonce, through Authlib.

What an institution says is believed only in an id token that it signed, for us, now, and for this
very journey (OpenID Connect Core 1.0, section 3.1.3.7).
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.httpx_client import OAuth2Client, OAuthError
from authlib.oauth2.rfc6749.errors import OAuth2Error
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from loccit.backends.institutions.asking import SECONDS, Bounded
from loccit.backends.institutions.settings import OidcSettings
from loccit.terms import Duty, Identity, Journey, NotAdmitted, Unfetched

__all__ = ["OpenId"]

SCOPE = "openid profile"
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures with a key that only the institution has: never none, never a shared secret."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""
LONGEST = 512
BROKEN = "the institution did not say who you are in a way that holds ({cause}); begin again"


class OpenId:
    """An institution as ``settings`` name it; asked for what it publishes when first needed."""

    def __init__(self, settings: OidcSettings, *, now: Callable[[], float] = time.time) -> None:
        self._settings, self._now = settings, now
        self.name, self.issuer = settings.name, settings.issuer
        self.takes_unknown = settings.unknown == "reader"
        self.address = settings.address
        host = urlsplit(settings.issuer).hostname or ""
        self._hosts = frozenset({host, *settings.hosts})
        self._told: Mapping[str, Any] = {}
        self._keys: KeySet | None = None

    # --- there

    def begin(self, back: str) -> Journey:
        """A new way there, that ends at ``back``. Raises ``Unfetched``."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=state,
                nonce=nonce,
                code_verifier=verifier,
            )
        return Journey(address=address, state=state, nonce=nonce, verifier=verifier, back=back)

    def _client(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            self._settings.client_id,
            self._settings.secret or None,
            token_endpoint_auth_method=self._method(),
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            transport=Bounded(self._hosts),
            timeout=SECONDS,
            follow_redirects=False,
            trust_env=False,
        )

    def _method(self) -> str:
        """How we show our secret: in the header unless the institution takes only a form."""
        if not self._settings.secret:
            return "none"
        taken = self._published().get("token_endpoint_auth_methods_supported")
        only_form = isinstance(taken, list) and "client_secret_basic" not in taken
        return "client_secret_post" if only_form else "client_secret_basic"

    # --- and back

    def arrive(self, journey: Journey, said: Mapping[str, str]) -> Identity:
        """Who came back. Raises ``NotAdmitted`` where anything is wrong, ``Unfetched``."""
        if not hmac.compare_digest(said.get("state", "").encode(), journey.state.encode()):
            raise _broken("state")
        if said.get("iss", self.issuer) != self.issuer:  # RFC 9207
            raise _broken("issuer")
        if "error" in said or not said.get("code"):
            raise NotAdmitted("the institution did not let you in, or you turned back")
        return self._identity(self._claims(self._token(journey, said["code"]), journey))

    def _token(self, journey: Journey, code: str) -> Mapping[str, Any]:
        try:
            with self._client(journey.back) as client:
                token = client.fetch_token(
                    self._endpoint("token_endpoint"),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=journey.verifier,
                )
        except (OAuthError, OAuth2Error, httpx2.HTTPError, ValueError, KeyError):
            raise _broken("code") from None
        if not isinstance(token, dict) or not isinstance(token.get("id_token"), str):
            raise _broken("id token")
        return token

    def _claims(self, token: Mapping[str, Any], journey: Journey) -> Mapping[str, Any]:
        """What the id token says, once all of it holds."""
        try:
            read = self._decoded(token["id_token"])
            claims = CodeIDToken(
                read.claims,
                read.header,
                options={
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self._settings.client_id},
                },
                params={
                    "nonce": journey.nonce,
                    "client_id": self._settings.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(self._now()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _broken(getattr(error, "error", "") or "id token") from None
        return dict(claims)

    def _decoded(self, id_token: str) -> jwt.Token:
        """The token under a key of the institution, which may be newer than those held."""
        algorithms = list(SIGNED_BY)
        if self._keys is not None:
            try:
                return jwt.decode(id_token, self._keys, algorithms=algorithms)
            except (JoseError, ValueError):
                self._keys = None
        self._keys = KeySet.import_key_set(self._json(self._endpoint("jwks_uri")))  # type: ignore[arg-type]
        return jwt.decode(id_token, self._keys, algorithms=algorithms)

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:  # noqa: PLR2004 - the standard's
            raise _broken("subject")
        for claim, wanted in self._settings.needs.items():
            if not _values(claims.get(claim)) & wanted:
                raise NotAdmitted("your institution's account is not one of those let in here")
        name = claims.get("name") or claims.get("preferred_username") or ""
        return Identity(
            issuer=self.issuer,
            subject=subject,
            name=name[:200] if isinstance(name, str) else "",
            duties=self._duties(claims),
        )

    def _duties(self, claims: Mapping[str, Any]) -> frozenset[Duty] | None:
        """Roles by the claim that is set; a reader where it has none that is known."""
        if not self._settings.roles_claim:
            return None
        named = _values(claims.get(self._settings.roles_claim))
        found = [duties for value, duties in self._settings.roles.items() if value in named]
        return frozenset().union(*found) or frozenset({Duty.READER})

    # --- what it publishes

    def _endpoint(self, name: str) -> str:
        found = self._published().get(name)
        if not isinstance(found, str) or not found.startswith(("https://", "http://")):
            raise Unfetched(f"{self.issuer} publishes no {name}")
        return found

    def _published(self) -> Mapping[str, Any]:
        if not self._told:
            where = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            told = self._json(where)
            if told.get("issuer") != self.issuer:
                raise Unfetched(f"{where} names another issuer than the one that is set")
            self._told = told
        return self._told

    def _json(self, address: str) -> Mapping[str, Any]:
        try:
            wire = Bounded(self._hosts)
            with httpx2.Client(transport=wire, timeout=SECONDS, trust_env=False) as client:
                answer = client.get(address)
            told = answer.raise_for_status().json()
        except (httpx2.HTTPError, ValueError):
            host = urlsplit(address).hostname
            raise Unfetched(f"{host} does not publish what it should") from None
        if not isinstance(told, dict):
            raise Unfetched(f"{urlsplit(address).hostname} does not publish what it should")
        return told


def _broken(cause: str) -> NotAdmitted:
    return NotAdmitted(BROKEN.format(cause=cause.replace("_", " ")))


def _values(claim: Any) -> frozenset[str]:
    """The texts of a claim that has one or several."""
    values = claim if isinstance(claim, list) else [claim]
    return frozenset(str(each) for each in values if isinstance(each, str | int | bool))
