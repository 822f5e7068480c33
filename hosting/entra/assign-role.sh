#!/usr/bin/env bash
# Makes the roles of this folder known to Azure and gives them to the people who restore. Running it again changes nothing.
#
#   assign-role.sh [OPTIONS] OBJECT-ID SCOPE [OTHER SCOPES…]
#
#   OBJECT-ID  of the group of those who restore; with --user, of one of them
#   SCOPE      where they may: /subscriptions/ID, or below it a resource group, a vault, a server, a storage account
#   --prepare  they may also make containers, and assign the vault's identity its one role on them
#
# Below a subscription the operator's role is not enough to follow every operation: Azure asks for that at the
# subscription, so that restore-follower.json is assigned there.
# Needs the Azure CLI, signed in as somebody who may make and assign roles (Owner, User Access Administrator).

case ${BASH_VERSION:+:$SHELLOPTS:} in
'' | *:posix:*) echo "Run this by bash, not by sh: bash $0" >&2 && exit 1 ;;
esac
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
  local kind=Group prepare=false who='' scopes='' subscriptions='' narrow='' scope one
  while [ $# -gt 0 ]; do
    case $1 in
    -h | --help) help && exit ;;
    --user) kind=User ;;
    --prepare) prepare=true ;;
    -*) stop "Not an option: $1" ;;
    /*/[Mm]anagement[Gg]roups/*) stop "Not at a management group: name the subscriptions in it, instead of $1" ;;
    /*)
      is_scope "${1%/}" || stop "Not a subscription or a resource of one: $1"
      one=$(printf %s "${1%/}" | cut -d/ -f1-3 | tr A-F a-f)
      scope=$one$(printf %s "${1%/}" | cut -d/ -f4- | sed 's|^resourcegroups/|resourceGroups/|; s|^.|/&|')
      case $'\n'$scopes in *$'\n'"$scope"$'\n'*) ;; *) scopes+="$scope"$'\n' ;; esac
      case $'\n'$subscriptions in *$'\n'"$one"$'\n'*) ;; *) subscriptions+="$one"$'\n' ;; esac
      [ "$one" = "$scope" ] || narrow+="$one"$'\n'
      ;;
    *)
      is_guid "$1" || stop "Not an object id: $1"
      [ -z "$who" ] || stop "To one at a time: a group, or --user."
      who=$(printf %s "$1" | tr A-F a-f)
      ;;
    esac
    shift
  done
  if [ -z "$who" ] || [ -z "$scopes" ]; then stop "To whom, and where? $0 OBJECT-ID /subscriptions/ID"; fi
  command -v az >/dev/null || stop "Azure CLI (az) is missing: install it, or run this in Cloud Shell."

  here=$(cd "$(dirname "$0")" && pwd)
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  define restore-operator "$subscriptions"
  assign "$role" "$kind" "$who" "$scopes"
  if [ -n "$narrow" ]; then
    define restore-follower "$subscriptions"
    assign "$role" "$kind" "$who" "$(printf '%s' "$narrow" | sort -u)"
  fi
  if [ "$prepare" = true ]; then
    define target-preparer "$subscriptions"
    assign "$role" "$kind" "$who" "$scopes" --condition "$condition" --condition-version 2.0
  fi
}

# The head of this file.
help() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }

is_guid() { [[ $1 =~ ^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$ ]]; }

is_scope() { [[ $1 =~ ^/subscriptions/[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(/resource[Gg]roups/[A-Za-z0-9._()-]+(/providers/[A-Za-z0-9.]+(/[A-Za-z0-9._-]+)+)?)?$ ]]; }

# Whether a command goes well; what it says is kept.
quietly() { "$@" >"$folder/answer" 2>"$folder/error" </dev/null; }

# Why it did not go well, in its own words.
failed() { stop "$(grep . "$folder/error" || echo "az has failed, and does not say why.")"; }

# define FILE SUBSCRIPTIONS: makes the role, or brings it up to date; $role is its id. It stays assignable where it was.
define() {
  local name one
  name=$(sed -n 's/^  "Name": "\(.*\)",$/\1/p' "$here/$1.json")
  find_role "$name" "$2"
  if [ -z "$had" ] && ! put create "$1" "$2"; then
    grep -q RoleDefinitionWithSameNameExists "$folder/error" || failed
    # Names are the tenant's, and a role is told of only where it is assignable: in another subscription, then.
    one=$(printf '%s' "$2" | sed -n '1s|^/subscriptions/||p')
    quietly az account show --subscription "$one" --query tenantId --output tsv || failed
    quietly az account list --query "[?tenantId=='$(cat "$folder/answer")'].id" --output tsv || failed
    find_role "$name" "$(sed 's|^|/subscriptions/|' "$folder/answer")" others
    [ -n "$had" ] || stop "The tenant has a role $name already, assignable in subscriptions that you cannot read.
Somebody who can has to make it assignable in these as well, and then you run this again:
$2
  az role definition list --name '$name' --custom-role-only true --scope /subscriptions/THEIRS --query '[0].assignableScopes'
  az role definition update --role-definition @$1.json
where that file is the one beside this script, its AssignableScopes being what the first command tells, and these."
  fi
  if [ -n "$had" ]; then put update "$1" "$had"$'\n'"$2" || failed; fi
  role=$(cat "$folder/answer")
  [ -n "$role" ] || stop "Azure has told no id of the role $name."
  say "Role: $name"
}

# find_role NAME SUBSCRIPTIONS [others]: where it is assignable, as the first of them tells that knows it: $had.
# Others may keep that from whoever asks.
find_role() {
  local one
  had=''
  while IFS= read -r one; do
    quietly az role definition list --name "$1" --custom-role-only true --scope "$one" \
      --query '[0].assignableScopes[]' --output tsv ||
      { [ $# -gt 2 ] && grep -q AuthorizationFailed "$folder/error"; } || failed
    had=$(cat "$folder/answer")
    [ -z "$had" ] || break
  done < <(printf '%s\n' "$2" | grep .)
}

# put VERB FILE SCOPES: the role of the file, assignable in these.
put() {
  local all
  all=$(printf '%s\n' "$3" | grep . | sort -u | sed 's/.*/"&"/' | paste -sd , -)
  sed "s|^  \"AssignableScopes\": .*|  \"AssignableScopes\": [$all]|" "$here/$2.json" >"$folder/$2.json"
  quietly az role definition "$1" --role-definition "@$folder/$2.json" --query name --output tsv
}

# assign ROLE KIND WHO SCOPES OPTIONS…: what is assigned already stays as it is.
assign() {
  local role=$1 kind=$2 who=$3 scopes=$4 scope try
  shift 4
  while IFS= read -r scope; do
    # A role that was just made may not be known everywhere yet.
    for try in 1 2 3 4 5 6; do
      if quietly az role assignment create --role "$role" --assignee-object-id "$who" \
        --assignee-principal-type "$kind" --scope "$scope" "$@" --output none; then break; fi
      # Not every release of the Azure CLI takes that for well (Azure/azure-cli#31995).
      if grep -q RoleAssignmentExists "$folder/error"; then break; fi
      if [ "$try" = 6 ] || ! grep -q RoleDefinitionDoesNotExist "$folder/error"; then failed; fi
      sleep 5
    done
    say "Assigned: $scope"
  done < <(printf '%s\n' "$scopes" | grep .)
}

main "$@"
