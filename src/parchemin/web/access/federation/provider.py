"""The provider of allauth, with a nonce in each request and our reading of the userinfo."""

import secrets
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest

from parchemin.web.access.federation.views import NONCE, SignedUserinfo


class FederatedProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Chosen in the settings by ``provider_class``."""

    oauth2_adapter_class = SignedUserinfo

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        """The parameters of the settings, and a nonce that the ID token must repeat."""
        params = dict(self.get_auth_params())
        params["nonce"] = request.session[NONCE] = secrets.token_urlsafe(32)
        return params

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """The scope of the settings, whatever the address of the page asks for."""
        return list(self.get_scope())


provider_classes = [FederatedProvider]
