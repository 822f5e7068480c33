#!/usr/bin/env bash
# Stands for the Azure CLI, with a Microsoft Graph and role definitions as far as hosting/entra asks for them. What it
# was asked stands in $STATE/asked, each argument ended by a zero, each command by an end of line.
set -euo pipefail
{
  printf '%s\0' "$@"
  printf '\n'
} >>"$STATE/asked"

# The one that goes wrong.
if [ "$(cat "$STATE/fails" 2>/dev/null)" = "$(wc -l <"$STATE/asked" | tr -d ' ')" ]; then
  echo 'ERROR: (Throttled) Not now.' >&2
  exit 3
fi

# What goes to standard error where there is no such thing, as az says it.
absent() {
  echo 'ERROR: Not Found({"error":{"code":"Request_ResourceNotFound","message":"It does not exist."}})' >&2
  exit 1
}

# The value of an option.
of() {
  local option=$1
  shift
  while [ $# -gt 0 ]; do
    [ "$1" != "$option" ] || printf '%s' "$2"
    shift
  done
}

has() { [ -e "$STATE/$1" ]; }
print() { ! has "$1" || cat "$STATE/$1"; }
query=$(of --query "$@")

# The addresses in a body, a line each.
addresses() { grep -o '"redirectUris": *\[[^]]*\]' "$1" | grep -o '"http[^"]*"' | tr -d '"'; }

# One member of the registration.
member() {
  case $query in
  appId) echo 1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f ;;
  'spa.redirectUris[]') print addresses ;;
  *) echo '{ "id": "0a1" }' ;;
  esac
}

rest() {
  local url body path method
  url=$(of --url "$@") body=$(of --body "$@") method=$(of --method "$@")
  body=${body#@}
  [ "${url#"$GRAPH_IS/v1.0/"}" != "$url" ] || {
    echo "ERROR: not of this cloud's Microsoft Graph: $url" >&2
    exit 1
  }
  path=${url#"$GRAPH_IS/v1.0/"}
  [ -z "$body" ] || printf '%s\n' "$(cat "$body")" >>"$STATE/bodies"
  case "${method:-get} ${path%%\?*}" in
  "get applications(uniqueName='"*)
    [ "$(print key)" = "${path%%\?*}" ] || absent
    # Not everywhere at once.
    if [ "$query" = appId ] && has late; then
      rm "$STATE/late"
      absent
    fi
    member
    ;;
  'get applications') print named ;;
  'get applications/'*) member ;;
  "patch applications(uniqueName='"*)
    [[ "$*" == *Prefer=create-if-missing* ]] || [ "$(print key)" = "$path" ] || absent
    printf %s "$path" >"$STATE/key"
    addresses "$body" >"$STATE/addresses"
    ;;
  'patch applications/'*) addresses "$body" >"$STATE/addresses" ;;
  'patch servicePrincipals(appId='*) ;;
  'get servicePrincipals(appId='*) echo 5d6e0f1a-7b2c-4d3e-8f90-a1b2c3d4e5f6 ;;
  'get servicePrincipals/'*/appRoleAssignedTo) print assigned ;;
  'post servicePrincipals/'*/appRoleAssignedTo)
    sed 's/.*"principalId": "\([^"]*\)".*/\1/' "$body" >>"$STATE/assigned"
    ;;
  *)
    echo "ERROR: asked of no Microsoft Graph: $*" >&2
    exit 1
    ;;
  esac
}

case "$1 $2" in
'cloud show')
  case $query in
  endpoints.microsoftGraphResourceId) echo "$GRAPH_IS$SLASH" ;;
  endpoints.activeDirectory) echo "$LOGIN_IS" ;;
  endpoints.resourceManager) echo "$ARM_IS$SLASH" ;;
  esac
  ;;
'account list') print subscriptions ;;
'account show') echo 3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840 ;;
'ad signed-in-user')
  has me || {
    echo 'ERROR: /me request is only valid with delegated authentication flow.' >&2
    exit 1
  }
  print me
  ;;
rest\ *) rest "$@" ;;
'role definition')
  file=$(of --role-definition "$@")
  case $3 in
  list)
    name=$(of --name "$@") scope=$(of --scope "$@")
    ! grep -qF "\"$scope\"" "$STATE/role $name" 2>/dev/null ||
      grep AssignableScopes "$STATE/role $name" | grep -o '"/[^"]*"' | tr -d '"'
    ;;
  create | update)
    name=$(sed -n 's/^  "Name": "\(.*\)",$/\1/p' "${file#@}")
    # The tenant has one of a name, wherever it is told of.
    if [ "$3" = create ] && has "role $name"; then
      echo 'ERROR: (RoleDefinitionWithSameNameExists) A custom role with the same name already exists in this directory.' >&2
      exit 1
    fi
    ! has nameless || exit 0
    cp "${file#@}" "$STATE/role $name"
    printf '%s' "$name" | tr 'A-Z ' 'a-z-'
    ;;
  esac
  ;;
'role assignment')
  # A role that was just made is not known everywhere at once.
  if has late; then
    rm "$STATE/late"
    echo 'ERROR: (RoleDefinitionDoesNotExist) The specified role definition does not exist.' >&2
    exit 1
  fi
  ;;
esac
