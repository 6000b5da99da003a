#!/usr/bin/env bash
# The walk-through of the reference document "Kubernetes Auth", its requests word for word; lists do not show tokens, so the
# token is that of the answer to POST. Prints what each request answers, one answer a line.
# Given: K8S_AUTH_URL, K8S_AUTH_USERNAME, K8S_AUTH_ADMIN_TOKEN
set -euo pipefail

curl -s -X POST ${K8S_AUTH_URL}/users \
    -H "x-auth-token: ${K8S_AUTH_ADMIN_TOKEN}" \
    -d '{"username": "'"${K8S_AUTH_USERNAME}"'"}'
echo

K8S_AUTH_USER_ID=$(curl -s ${K8S_AUTH_URL}/users \
    -H "x-auth-token: ${K8S_AUTH_ADMIN_TOKEN}" | \
    jq -r '.[] | select(.username=="'"${K8S_AUTH_USERNAME}"'").id')

K8S_AUTH_TOKEN_ANSWER=$(curl -s -X POST ${K8S_AUTH_URL}/tokens \
    -H "x-auth-token: ${K8S_AUTH_ADMIN_TOKEN}" \
    -d '{"user_id": "'"${K8S_AUTH_USER_ID}"'"}')
echo "${K8S_AUTH_TOKEN_ANSWER}"

K8S_AUTH_USER_TOKEN=$(jq -r '.token' <<<"${K8S_AUTH_TOKEN_ANSWER}")

curl -s ${K8S_AUTH_URL}/tokens \
    -H "x-auth-token: ${K8S_AUTH_ADMIN_TOKEN}"
echo

curl -s -X POST ${K8S_AUTH_URL}/authenticate/token \
    -d '{"spec": {"token": "'"${K8S_AUTH_USER_TOKEN}"'"}}'
echo

curl -s -H "x-auth-token: ${K8S_AUTH_ADMIN_TOKEN}" ${K8S_AUTH_URL}/clusters?name=namedcluster
