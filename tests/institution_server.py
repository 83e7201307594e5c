"""An OpenID provider on this machine that keeps to the standard, and can be told to break it.

It signs with keys of its own, proves PKCE, takes each code once and compares each address; ``fault``
names the one thing that it does wrong.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "loccit", "a secret/with+signs"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": name}) for name in ("k1", "k1-other"))


class Provider:
    """The provider, running until it is stopped. ``user`` is whoever sits at the browser."""

    def __init__(self):
        self.fault, self.user, self.asked = "", {"sub": "subject-1", "name": "Ina Inst"}, []
        self.codes, self.key, self.broken = {}, KEY, []
        self.methods = ["client_secret_basic", "client_secret_post"]
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.noted(provider.get, self)

            def do_POST(self):
                provider.noted(provider.post, self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def noted(self, answer, handler):
        """A provider that breaks must not look like one that refuses."""
        try:
            answer(handler)
        except ConnectionError:
            raise
        except Exception as error:
            self.broken.append(error)
            raise

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    # --- what it publishes

    def get(self, handler):
        parts = urlsplit(handler.path)
        self.asked.append(parts.path)
        said = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            _send(handler, 200, self.published())
        elif parts.path == "/jwks":
            self.keys(handler)
        elif parts.path == "/keys":
            _send(handler, 200, KeySet([self.key]).as_dict(private=False))
        elif parts.path == "/authorize":
            self.authorize(handler, said)
        else:
            _send(handler, 404, {})

    def published(self):
        elsewhere = self.issuer.replace("127.0.0.1", "localhost")  # answers, and is not named
        return {
            "issuer": "https://other.example" if self.fault == "other issuer" else self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{elsewhere if self.fault == 'token elsewhere' else self.issuer}/token",
            "jwks_uri": f"{elsewhere if self.fault == 'keys elsewhere' else self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": self.methods,
        }

    def keys(self, handler):
        if self.fault == "keys large":
            _send(handler, 200, {"keys": [], "more": "x" * 2_000_000})
        elif self.fault == "keys led elsewhere":
            _send(
                handler,
                302,
                {},
                {"Location": self.issuer.replace("127.0.0.1", "localhost") + "/keys"},
            )
        elif self.fault == "keys broken":
            _send(handler, 200, b"{not json")
        else:
            _send(handler, 200, KeySet([self.key]).as_dict(private=False))

    # --- the browser comes

    def authorize(self, handler, said):
        wanted = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        lacking = [name for name, value in wanted.items() if said.get(name) != value]
        lacking += [name for name in ("state", "nonce", "redirect_uri") if not said.get(name)]
        if lacking or "openid" not in said.get("scope", "").split():
            _send(handler, 400, {"error": "invalid_request", "of": lacking})
            return
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**said, "user": self.user}
        back = {"code": code, "state": said["state"], "iss": self.issuer}
        if self.fault == "denied":
            back = {"error": "access_denied", "state": said["state"]}
        if self.fault == "answers as another":
            back["iss"] = "https://other.example"
        if self.fault == "state missing":
            del back["state"]
        if self.fault == "state wrong":
            back["state"] = "guessed"
        _send(handler, 302, {}, {"Location": f"{said['redirect_uri']}?{urlencode(back)}"})

    # --- we come for the token

    def post(self, handler):
        length = int(handler.headers["content-length"])
        form = {k: v[0] for k, v in parse_qs(handler.rfile.read(length).decode()).items()}
        self.asked.append(handler.path)
        if self.secret_shown(handler, form) != (CLIENT, SECRET):
            _send(handler, 401, {"error": "invalid_client"})
            return
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "").encode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).decode().rstrip("=")
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
        ):
            _send(handler, 400, {"error": "invalid_grant"})
            return
        token = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer"}
        if self.fault != "no id token":
            token["id_token"] = self.id_token(asked, token["access_token"])
        _send(handler, 200, token)

    def secret_shown(self, handler, form):
        header = handler.headers.get("authorization", "")
        if header.startswith("Basic ") and "client_secret_basic" in self.methods:
            name, _, secret = base64.b64decode(header[6:]).decode().partition(":")
            return unquote(name), unquote(secret) if "%" in secret else secret
        if "client_secret_post" in self.methods:
            return form.get("client_id"), form.get("client_secret")
        return None

    def id_token(self, asked, access_token):
        now = int(time.time())
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
            **asked["user"],
            **CLAIMS.get(self.fault, lambda _: {})(now),
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": self.key.kid}
        if self.fault == "other key":
            return jwt.encode({**header, "kid": self.key.kid}, claims, OTHER_KEY)
        if self.fault == "alg none":
            return _unsigned(claims)
        if self.fault == "signed with the secret":
            key = OctKey.import_key(SECRET * 3)
            return jwt.encode({"alg": "HS256"}, claims, key)
        if self.fault == "signed with the public key":
            begun = f"{_part({'alg': 'HS256', 'kid': self.key.kid})}.{_part(claims)}"
            seal = hmac.digest(self.key.as_pem(private=False), begun.encode(), "sha256")
            return f"{begun}.{base64.urlsafe_b64encode(seal).decode().rstrip('=')}"
        written = jwt.encode(header, claims, self.key)
        if self.fault == "changed after signing":
            head, _, seal = written.split(".")
            return f"{head}.{_part({**claims, 'sub': 'somebody-else'})}.{seal}"
        return "not a token" if self.fault == "no token at all" else written


CLAIMS = {
    "wrong nonce": lambda _: {"nonce": "another"},
    "no nonce": lambda _: {"nonce": None},
    "wrong audience": lambda _: {"aud": "somebody-else"},
    "for others by our party": lambda _: {"aud": "somebody-else", "azp": CLIENT},
    "no audience": lambda _: {"aud": None},
    "more audiences and no party": lambda _: {"aud": [CLIENT, "somebody-else"]},
    "for another party": lambda _: {"azp": "somebody-else"},
    "wrong issuer": lambda _: {"iss": "https://other.example"},
    "no issuer": lambda _: {"iss": None},
    "expired": lambda now: {"iat": now - 900, "exp": now - 600},
    "never expires": lambda _: {"exp": None},
    "not yet": lambda now: {"nbf": now + 600},
    "issued later": lambda now: {"iat": now + 900, "exp": now + 1200},
    "no subject": lambda _: {"sub": None},
    "empty subject": lambda _: {"sub": ""},
    "subject is a number": lambda _: {"sub": 7},
    "of another access token": lambda _: {"at_hash": "x" * 22},
}
SIGNING = (
    "other key",
    "alg none",
    "signed with the secret",
    "signed with the public key",
    "changed after signing",
    "no token at all",
    "no id token",
)
WAYS = ("denied", "answers as another", "state missing", "state wrong")
PUBLISHED = (
    "other issuer",
    "token elsewhere",
    "keys elsewhere",
    "keys large",
    "keys led elsewhere",
    "keys broken",
)


def _part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _unsigned(claims):
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def _send(handler, status, body, headers=None):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def browsed(address):
    """What comes back to us when a browser follows ``address``, once the user has signed in."""
    import http.client

    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 302, answer.status
        return answer.headers["location"]
    finally:
        connection.close()


def parameters(location):
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


__all__ = ["Provider", "browsed", "parameters"]
