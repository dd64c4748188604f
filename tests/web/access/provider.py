"""A small OpenID Connect provider that answers without a network: ProConnect's ways, and some bad ones."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

import requests
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

ISSUER = "https://identite.example/api/v2"
CLIENT = "parchemin"
APP = {
    "provider_id": "proconnect",
    "name": "ProConnect",
    "client_id": CLIENT,
    "secret": "s",
    "settings": {
        "server_url": ISSUER,
        "userinfo_signed": True,
        "scope": ["openid", "given_name", "usual_name", "email", "siret"],
        "auth_params": {"acr_values": "eidas1"},
    },
}
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
PERSON = {"sub": "42", "given_name": "Ana", "usual_name": "Rivière", "email": "ana@example.org", "siret": "1" * 14}


@dataclass
class Provider:
    """What it answers; each thing may be spoilt."""

    nonce: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    id_claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    is_signed: bool = True
    token: str | None = None
    asked: list[str] = field(default_factory=list)

    def userinfo(self) -> dict[str, Any]:
        now = int(time.time())
        return {"iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 60, **PERSON, **self.claims}

    def signed(self, claims: dict[str, Any], key: RSAKey = KEY) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)

    def answer(self, url: str) -> tuple[Any, str]:
        now = int(time.time())
        if url.endswith("/.well-known/openid-configuration"):
            places = {f"{name}_endpoint": f"{ISSUER}/{name}" for name in ("authorization", "token", "userinfo")}
            return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/jwks", **places}, "application/json"
        if url.endswith("/jwks"):
            return KeySet([KEY]).as_dict(private=False), "application/json"
        if url.endswith("/token"):
            claims = {"iss": ISSUER, "aud": CLIENT, "sub": "42", "nonce": self.nonce, "iat": now, "exp": now + 60}
            return {
                "access_token": "a",
                "token_type": "Bearer",
                "id_token": self.signed({**claims, **self.id_claims}),
            }, ("application/json")
        if not self.is_signed:
            return self.userinfo(), "application/json"
        return self.token or self.signed(self.userinfo(), self.key), "application/jwt; charset=utf-8"


class Session:
    """A session of ``requests`` that reaches the provider only."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        assert url.startswith(ISSUER)
        self.provider.asked.append(url.removeprefix(ISSUER))
        body, kind = self.provider.answer(url)
        response = requests.models.Response()
        response.status_code, response.encoding = 200, "utf-8"
        response.headers["Content-Type"] = kind
        response._content = (body if isinstance(body, str) else json.dumps(body)).encode()
        return response

    def get(self, url: str, **kwargs: Any) -> requests.Response:
        return self.request("GET", url, **kwargs)

    def post(self, url: str, **kwargs: Any) -> requests.Response:
        return self.request("POST", url, **kwargs)
