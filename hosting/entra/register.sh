#!/usr/bin/env bash
# Registers the page in Microsoft Entra, or brings its registration up to date. The same again changes nothing.
#
#   register.sh [OPTIONS] https://restore.contoso.com/ [OTHER ADDRESSES OF THE PAGE…]
#
#   --name NAME         what the registration is called ("PG Flex Restore")
#   --multi-tenant      people of other tenants may sign in as well
#   --assign OBJECT-ID  lets a user or a group in; may be said several times. Without it: whoever runs this
#   --everyone          lets everybody of the tenant in, assigned or not
#   --remove-others     takes away the addresses that the registration has and that are not named here
#
# --multi-tenant and --everyone hold for what they are said with: a later run without them takes them back.
# Needs the Azure CLI, signed in to the cloud and the tenant (az cloud set, az login). Everything is asked of that
# cloud's Microsoft Graph. The config.json to put beside index.html goes to standard output, the rest to standard error.

case ${BASH_VERSION:+:$SHELLOPTS:} in
'' | *:posix:*) echo "Run this by bash, not by sh: bash $0" >&2 && exit 1 ;;
esac
set -euo pipefail
# Letters are ASCII's.
LC_ALL=C

# Azure Service Management and its delegated permission user_impersonation: all that the page asks for.
readonly azure=797f4846-ba00-4fd7-ba43-dac1f8f63013 user_impersonation=41094075-9dad-400e-a0bd-54e686782033
# The role of somebody who is assigned to an app that has no roles ("Grant an appRoleAssignment for a service principal").
readonly no_role=00000000-0000-0000-0000-000000000000

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "$@"
  exit 1
}

main() {
  local name='PG Flex Restore' audience=AzureADMyOrg required=true others=stop pages='' people='' one
  while [ $# -gt 0 ]; do
    case $1 in
    --name | --assign) [ $# -gt 1 ] || stop "$1 wants a value." ;;
    esac
    case $1 in
    -h | --help) help && exit ;;
    --name) name=$2 && shift ;;
    --assign)
      is_guid "$2" || stop "Not an object id: $2"
      people+="$(printf %s "$2" | tr A-F a-f)"$'\n' && shift
      ;;
    --multi-tenant) audience=AzureADMultipleOrgs ;;
    --everyone) required=false ;;
    --remove-others) others=remove ;;
    -*) stop "Not an option: $1" ;;
    *)
      is_page "$1" || stop "Not the address of a page's folder: $1
It begins with https:// (or http://localhost), ends with / and has no other characters than letters, digits and -._~%/."
      one=$(lower_host "$1")
      case $'\n'$pages in *$'\n'"$one"$'\n'*) ;; *) pages+="$one"$'\n' ;; esac
      ;;
    esac
    shift
  done
  [[ $name =~ ^[A-Za-z0-9]([A-Za-z0-9._ -]{0,98}[A-Za-z0-9])?$ ]] ||
    stop "A name has letters, digits, blanks and -._, at most a hundred: $name"
  [ -n "$pages" ] || stop "Which address has the page? $0 https://restore.contoso.com/"

  command -v az >/dev/null || stop "Azure CLI (az) is missing: install it, or run this in Cloud Shell."

  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  look_around
  local key client
  key=$(printf %s "$name" | tr 'A-Z ' 'a-z-')
  find_app "$name" "$key"
  keep_others "$app" "$pages" "$others"
  write_app "$app" "$name" "$audience" "$pages"
  client=$(get "$app" 'appId')
  is_guid "$client" || stop "Microsoft Graph has told no client id."
  let_in "$client" "$required" "$people"
  tell "$client" "$audience"
}

# The head of this file.
help() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }

# Which cloud and which tenant this is about: $cloud, $tenant, $login, $graph.
look_around() {
  local arm
  arm=$(ask az cloud show --query endpoints.resourceManager --output tsv)
  case ${arm%/} in
  https://management.azure.com) cloud=public ;;
  https://management.usgovcloudapi.net) cloud=usgovernment ;;
  https://management.chinacloudapi.cn) cloud=china ;;
  https://management.sovcloud-api.fr) cloud=bleu ;;
  *) stop "The page does not know this cloud: $arm" ;;
  esac
  tenant=$(ask az account show --query tenantId --output tsv)
  is_guid "$tenant" || stop "Nobody is signed in to a tenant: az login"
  login=$(ask az cloud show --query endpoints.activeDirectory --output tsv)
  graph=$(ask az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
  case $login,$graph in https://*,https://*) ;; *) stop "az does not know where this cloud has Microsoft Graph." ;; esac
  graph=${graph%/}/v1.0
}

is_guid() { [[ $1 =~ ^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$ ]]; }

# What Microsoft Entra takes as a redirect URI, and less ("Redirect URI (reply URL) restrictions and limitations"): no
# wildcard, no query, none of ! $ ' ( ) , ; and at most 256 characters.
is_page() {
  [ ${#1} -le 256 ] || return 1
  [[ $1 =~ ^(https://[A-Za-z0-9.-]+|http://localhost)(:[0-9]+)?/([A-Za-z0-9._~%-]+/)*$ ]] || return 1
  case $1 in */./* | */../*) return 1 ;; esac
}

# The address as a browser says it.
lower_host() {
  local path=${1#*://*/}
  printf %s "${1%"$path"}" | tr '[:upper:]' '[:lower:]'
  printf %s "$path"
}

# Where Microsoft Graph has the registration: under the key that this script gave it, or else under its object id, if
# somebody else made it and it is called the same. Where there is none: under the key that it will have. $app is that.
find_app() {
  local by_key="applications(uniqueName='$2')" ids
  if quietly az rest --method get --url "$graph/$by_key?\$select=id"; then
    app=$by_key
    return
  fi
  is_absent || failed
  ids=$(ask az rest --method get --url "$graph/applications" --url-parameters "\$filter=displayName eq '$1'" \
    --query 'value[].id' --output tsv)
  case $(printf %s "$ids" | grep -c .) in
  0) app=$by_key ;;
  1)
    say "A registration of this name was there already: $ids. Look at its owners: they can change where it leads."
    app=applications/$ids
    ;;
  *) stop "Several registrations are called $1. Say which name is to be used: --name" ;;
  esac
}

# keep_others APP PAGES WHAT: an address that is not named here is another host's, or was forgotten: not ours to take away.
keep_others() {
  local has one
  if ! quietly az rest --method get --url "$graph/$1?\$select=spa" --query 'spa.redirectUris[]' --output tsv; then
    is_absent || failed
    return 0
  fi
  has=$(cat "$folder/answer")
  while IFS= read -r one; do
    case $'\n'$2 in
    *$'\n'"$one"$'\n'*) ;;
    *) [ "$3" = remove ] || stop "The registration has the address $one as well. Name it too, or say --remove-others." ;;
    esac
  done < <(printf '%s\n' "$has" | grep .)
}

# write_app APP NAME AUDIENCE PAGES: one request makes it or changes it (“Upsert application”), so that twice is once.
write_app() {
  local uris
  uris=$(printf '%s' "$4" | sed 's/.*/"&"/' | paste -sd , -)
  cat >"$folder/app.json" <<END
{
  "displayName": "$2",
  "signInAudience": "$3",
  "isFallbackPublicClient": false,
  "spa": { "redirectUris": [$uris] },
  "web": { "implicitGrantSettings": { "enableAccessTokenIssuance": false, "enableIdTokenIssuance": false } },
  "requiredResourceAccess": [
    { "resourceAppId": "$azure", "resourceAccess": [{ "id": "$user_impersonation", "type": "Scope" }] }
  ]
}
END
  # Under an object id there is one already: nothing is to be made.
  local prefer=Prefer=create-if-missing
  case $1 in applications/*) prefer=Prefer=return=minimal ;; esac
  ask az rest --method patch --url "$graph/$1" --headers "$prefer" Content-Type=application/json \
    --body "@$folder/app.json" --output none
  say "Registered: $2"
}

# let_in CLIENT REQUIRED PEOPLE: the app in this tenant, who may use it, and that nobody else may.
let_in() {
  local principal one assigned people=$3
  printf '{ "appRoleAssignmentRequired": %s }\n' "$2" >"$folder/principal.json"
  again az rest --method patch --url "$graph/servicePrincipals(appId='$1')" \
    --headers Prefer=create-if-missing Content-Type=application/json --body "@$folder/principal.json" --output none
  principal=$(get "servicePrincipals(appId='$1')" id)
  is_guid "$principal" || stop "Microsoft Graph has told no id of the app in this tenant."
  assigned=$(ask az rest --method get --url "$graph/servicePrincipals/$principal/appRoleAssignedTo?\$top=999" \
    --query 'value[].principalId' --output tsv)
  # Whoever has to be assigned and is not is shut out: also the one who sets this up.
  if [ "$2" = true ] && [ -z "$people$assigned" ]; then
    if quietly az ad signed-in-user show --query id --output tsv; then
      people=$(cat "$folder/answer")
    else
      grep -q 'only valid with delegated authentication' "$folder/error" || failed
      say "Nobody is assigned yet, so nobody can sign in: run this again with --assign."
    fi
  fi
  while IFS= read -r one; do
    case $'\n'$assigned$'\n' in *$'\n'"$one"$'\n'*) continue ;; esac
    printf '{ "principalId": "%s", "resourceId": "%s", "appRoleId": "%s" }\n' "$one" "$principal" "$no_role" >"$folder/one.json"
    again az rest --method post --url "$graph/servicePrincipals/$principal/appRoleAssignedTo" \
      --headers Content-Type=application/json --body "@$folder/one.json" --output none
    say "Assigned: $one"
  done < <(printf '%s\n' "$people" | grep .)
}

tell() {
  say "
For an administrator, to consent for the whole tenant (needed where assignment is required, or where people may not
consent for themselves):
${login%/}/$tenant/adminconsent?client_id=$1

config.json:"
  [ "$2" = AzureADMyOrg ] || tenant=organizations
  printf '{\n  "clientId": "%s",\n  "tenant": "%s",\n  "cloud": "%s"\n}\n' "$1" "$tenant" "$cloud"
}

# get THING MEMBER: one member of what Microsoft Graph has.
get() {
  again az rest --method get --url "$graph/$1?\$select=$2" --query "$2" --output tsv
}

# Whether a command goes well; what it says is kept.
quietly() { "$@" >"$folder/answer" 2>"$folder/error" </dev/null; }

# Why it did not go well, in its own words.
failed() { stop "$(grep . "$folder/error" || echo "az has failed, and does not say why.")"; }

# What a command says; if it goes ill, nothing goes on.
ask() {
  quietly "$@" || failed
  cat "$folder/answer"
}

# Whether it went ill for Microsoft Graph having no such thing.
is_absent() { grep -qE 'Request_ResourceNotFound|NoBackingApplicationObject' "$folder/error"; }

# What was just made may not be known everywhere yet.
again() {
  local try
  for try in 1 2 3 4 5 6; do
    if quietly "$@"; then
      cat "$folder/answer"
      return
    fi
    is_absent || break
    [ "$try" = 6 ] || sleep 5
  done
  failed
}

main "$@"
