"""The two steps of signing in with a provider, whose userinfo may be signed."""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse

from parchemin.web.access.federation.signed import verified_claims

NONCE = "oidc_nonce"
KEPT = ("sub", "email", "given_name", "family_name", "usual_name", "acr")
"""What is kept of what the provider says: enough to recognise the person and to name them."""


class SignedUserinfo(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Reads a userinfo whether it is plain JSON or a signed JWT; the provider's ``userinfo_signed`` accepts no other.

    The person of the userinfo must be that of the ID token, which must answer the very request that was made.
    """

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """The sign-in; OAuth2Error when what was answered is not about the same person, or answers another request."""
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        nonce = request.session.pop(NONCE, None)
        if "id_token" in told:
            if nonce and told["id_token"].get("nonce") != nonce:
                raise OAuth2Error("The ID token answers another request")
            if "userinfo" in told and told["userinfo"].get("sub") != told["id_token"].get("sub"):
                raise OAuth2Error("The userinfo and the ID token are about two persons")
        read = told.get("userinfo") or told["id_token"]
        login.account.extra_data = {"userinfo": {name: read[name] for name in KEPT if name in read}}
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            answer.raise_for_status()
            if not answer.headers.get("Content-Type", "").startswith("application/jwt"):
                if self.get_provider().app.settings.get("userinfo_signed"):
                    raise OAuth2Error("The userinfo is not signed")
                return dict(answer.json())
            keys = session.get(self.openid_config["jwks_uri"])
            keys.raise_for_status()
        return verified_claims(
            answer.text,
            keys=keys.json(),
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
        )


@login_not_required  # type: ignore[untyped-decorator]
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider's own page."""
    return _answered(OAuth2LoginView, request, provider_id)


@login_not_required  # type: ignore[untyped-decorator]
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider's page."""
    return _answered(OAuth2CallbackView, request, provider_id)


def _answered(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(SignedUserinfo(request, provider_id))(request)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    return response


login.asks = callback.asks = "public"
