#!/usr/bin/env bash
# Makes the roles of this folder known to Azure and gives them to the people who restore. Running it again changes nothing.
#
#   hosting/entra/assign-role.sh [OPTIONS] OBJECT-ID SCOPE [OTHER SCOPES…]
#
#   OBJECT-ID  of the group of those who restore; with --user, of one of them
#   SCOPE      where they may: /subscriptions/ID, or below it a resource group, a vault, a server, a storage account
#   --prepare  they may also make containers, and assign the vault's identity its one role on them
#
# Below a subscription the operator's role is not enough to follow every operation: Azure asks for that at the
# subscription, so that restore-follower.json is assigned there.
# Needs the Azure CLI, signed in as somebody who may make and assign roles (Owner, User Access Administrator).
set -euo pipefail
# Letters are ASCII's.
LC_ALL=C

# Storage Blob Data Contributor ("Azure built-in roles"), and to identities alone ("Delegate Azure role assignment
# management to others with conditions").
readonly contributor=ba92f5b4-2d11-453d-a403-e96b0029c9fe
readonly condition="((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {$contributor} AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))"

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "$@"
  exit 1
}

main() {
  local kind=Group prepare=false who='' scopes='' subscriptions='' narrow='' one
  while [ $# -gt 0 ]; do
    case $1 in
    --user) kind=User ;;
    --prepare) prepare=true ;;
    -*) stop "Not an option: $1" ;;
    /*)
      is_scope "$1" || stop "Not a subscription or a resource of one: $1"
      scopes+="$1"$'\n'
      one=$(printf %s "$1" | cut -d/ -f1-3)
      case $'\n'$subscriptions in *$'\n'"$one"$'\n'*) ;; *) subscriptions+="$one"$'\n' ;; esac
      [ "$one" = "$1" ] || narrow+="$one"$'\n'
      ;;
    *)
      is_guid "$1" || stop "Not an object id: $1"
      [ -z "$who" ] || stop "To one at a time: a group, or --user."
      who=$1
      ;;
    esac
    shift
  done
  if [ -z "$who" ] || [ -z "$scopes" ]; then stop "To whom, and where? $0 OBJECT-ID /subscriptions/ID"; fi

  here=$(cd "$(dirname "$0")" && pwd)
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  local operator follower preparer
  operator=$(define restore-operator "$subscriptions")
  assign "$operator" "$kind" "$who" "$scopes"
  if [ -n "$narrow" ]; then
    follower=$(define restore-follower "$subscriptions")
    assign "$follower" "$kind" "$who" "$(printf '%s' "$narrow" | sort -u)"
  fi
  if [ "$prepare" = true ]; then
    preparer=$(define target-preparer "$subscriptions")
    assign "$preparer" "$kind" "$who" "$scopes" --condition "$condition" --condition-version 2.0
  fi
}

is_guid() { [[ $1 =~ ^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$ ]]; }

is_scope() { [[ $1 =~ ^/subscriptions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(/resourceGroups/[A-Za-z0-9._()-]+(/providers/[A-Za-z0-9.]+(/[A-Za-z0-9._-]+)+)?)?$ ]]; }

# define FILE SUBSCRIPTIONS: makes the role, or brings it up to date, and prints its id. It stays assignable where it was.
define() {
  local name one had='' all id verb=create
  name=$(sed -n 's/^  "Name": "\(.*\)",$/\1/p' "$here/$1.json")
  while IFS= read -r one; do
    had=$(az role definition list --name "$name" --custom-role-only true --scope "$one" \
      --query '[0].assignableScopes[]' --output tsv)
    [ -z "$had" ] || break
  done < <(printf '%s' "$2")
  [ -z "$had" ] || verb=update
  all=$(printf '%s\n%s' "$had" "$2" | grep . | sort -u | sed 's/.*/"&"/' | paste -sd , -)
  sed "s|^  \"AssignableScopes\": .*|  \"AssignableScopes\": [$all]|" "$here/$1.json" >"$folder/$1.json"
  id=$(az role definition "$verb" --role-definition "@$folder/$1.json" --query name --output tsv)
  say "Role: $name"
  echo "$id"
}

# assign ROLE KIND WHO SCOPES OPTIONS…: what is assigned already stays as it is.
assign() {
  local role=$1 kind=$2 who=$3 scopes=$4 scope try
  shift 4
  while IFS= read -r scope; do
    # A role that was just made may not be known everywhere yet.
    for try in 1 2 3 4 5 6; do
      if az role assignment create --role "$role" --assignee-object-id "$who" --assignee-principal-type "$kind" \
        --scope "$scope" "$@" --output none 2>"$folder/error"; then break; fi
      # Not every release of the Azure CLI takes that for well (Azure/azure-cli#31995).
      if grep -q RoleAssignmentExists "$folder/error"; then break; fi
      if [ "$try" = 6 ] || ! grep -q RoleDefinitionDoesNotExist "$folder/error"; then stop "$(cat "$folder/error")"; fi
      sleep 5
    done
    say "Assigned: $scope"
  done < <(printf '%s\n' "$scopes" | grep .)
}

main "$@"
