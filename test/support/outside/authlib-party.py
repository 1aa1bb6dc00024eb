"""An application on Authlib. Prints the address to sign in at, reads the address that the browser was led to, and prints what it got."""
import json
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt
from authlib.oidc.core import CodeIDToken

issuer, client_id, secret, callback = sys.argv[1:]


def say(value):
    print(json.dumps(value), flush=True)


found = requests.get(f"{issuer}/.well-known/openid-configuration").json()
session = OAuth2Session(
    client_id,
    secret,
    scope="openid profile email",
    redirect_uri=callback,
    code_challenge_method="S256",
)
verifier, nonce = generate_token(48), generate_token(20)
address, state = session.create_authorization_url(
    found["authorization_endpoint"], code_verifier=verifier, nonce=nonce
)
say(address)

tokens = session.fetch_token(
    found["token_endpoint"],
    authorization_response=sys.stdin.readline().strip(),
    state=state,
    code_verifier=verifier,
)
keys = JsonWebKey.import_key_set(requests.get(found["jwks_uri"]).json())
claims = jwt.decode(
    tokens["id_token"],
    keys,
    claims_cls=CodeIDToken,
    claims_options={
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client_id},
    },
    claims_params={
        "nonce": nonce,
        "client_id": client_id,
        "access_token": tokens["access_token"],
    },
)
claims.validate()
known = session.get(found["userinfo_endpoint"]).json()
fresh = session.refresh_token(
    found["token_endpoint"], refresh_token=tokens["refresh_token"]
)


def is_active():
    looked_up = session.introspect_token(
        found["introspection_endpoint"], token=fresh["access_token"]
    )
    return looked_up.json()["active"]


before = is_active()
session.revoke_token(found["revocation_endpoint"], token=fresh["access_token"])
say(
    {
        "claims": claims,
        "known": known,
        "isFresh": fresh["access_token"] != tokens["access_token"],
        "isActive": [before, is_active()],
    }
)
