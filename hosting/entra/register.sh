#!/usr/bin/env bash
# Registers the page in Microsoft Entra, or brings its registration up to date. Running it again changes nothing.
#
#   hosting/entra/register.sh [OPTIONS] https://restore.contoso.com/ [OTHER ADDRESSES OF THE PAGE…]
#
#   --name NAME         what the registration is called ("PG Flex Restore")
#   --multi-tenant      people of other tenants may sign in as well
#   --assign OBJECT-ID  lets a user or a group in; may be said several times. Without it: whoever runs this
#   --everyone          lets everybody of the tenant in, assigned or not
#   --remove-others     takes away the addresses that the registration has and that are not named here
#
# Needs the Azure CLI, signed in to the cloud and the tenant (az cloud set, az login). Everything is asked of that
# cloud's Microsoft Graph. The config.json to put beside index.html goes to standard output, the rest to standard error.
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
  local name='PG Flex Restore' audience=AzureADMyOrg required=true others=stop pages='' people=''
  while [ $# -gt 0 ]; do
    case $1 in
    --name | --assign) [ $# -gt 1 ] || stop "$1 wants a value." ;;
    esac
    case $1 in
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
      case $'\n'$pages in *$'\n'"$1"$'\n'*) ;; *) pages+="$1"$'\n' ;; esac
      ;;
    esac
    shift
  done
  [[ $name =~ ^[A-Za-z0-9]([A-Za-z0-9._ -]{0,98}[A-Za-z0-9])?$ ]] ||
    stop "A name has letters, digits, blanks and -._, at most a hundred: $name"
  [ -n "$pages" ] || stop "Which address has the page? $0 https://restore.contoso.com/"

  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  graph=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
  graph=${graph%/}/v1.0
  local key app
  key=$(printf %s "$name" | tr 'A-Z ' 'a-z-')
  app=$(find_app "$name" "$key")
  keep_others "$app" "$pages" "$others"
  write_app "$app" "$name" "$audience" "$pages"
  local client
  client=$(get "$app" 'appId')
  let_in "$client" "$required" "$people"
  tell "$client" "$audience"
}

is_guid() { [[ $1 =~ ^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$ ]]; }

# What Microsoft Entra takes as a redirect URI, and less ("Redirect URI (reply URL) restrictions and limitations"): no
# wildcard, no query, none of ! $ ' ( ) , ; and at most 256 characters.
is_page() {
  [ ${#1} -le 256 ] || return 1
  [[ $1 =~ ^(https://[A-Za-z0-9.-]+|http://localhost)(:[0-9]+)?/([A-Za-z0-9._~%-]+/)*$ ]] || return 1
  case $1 in */./* | */../*) return 1 ;; esac
}

# Where Microsoft Graph has the registration: under the key that this script gave it, or else under its object id, if
# somebody else made it and it is called the same. Where there is none: under the key that it will have.
find_app() {
  local by_key="applications(uniqueName='$2')" ids
  if quietly az rest --method get --url "$graph/$by_key?\$select=id"; then
    echo "$by_key"
    return
  fi
  is_absent || stop "$(cat "$folder/error")"
  ids=$(az rest --method get --url "$graph/applications" --url-parameters "\$filter=displayName eq '$1'" \
    --query 'value[].id' --output tsv)
  case $(printf %s "$ids" | grep -c .) in
  0) echo "$by_key" ;;
  1)
    say "A registration of this name was there already: $ids. Look at its owners: they can change where it leads."
    echo "applications/$ids"
    ;;
  *) stop "Several registrations are called $1. Say which name is to be used: --name" ;;
  esac
}

# keep_others APP PAGES WHAT: an address that is not named here is another host's, or was forgotten: not ours to take away.
keep_others() {
  local has one
  if ! quietly az rest --method get --url "$graph/$1?\$select=spa" --query 'spa.redirectUris[]' --output tsv; then
    is_absent || stop "$(cat "$folder/error")"
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
  az rest --method patch --url "$graph/$1" --headers "$prefer" Content-Type=application/json \
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
  assigned=$(az rest --method get --url "$graph/servicePrincipals/$principal/appRoleAssignedTo?\$top=999" \
    --query 'value[].principalId' --output tsv)
  # Whoever has to be assigned and is not is shut out: also the one who sets this up.
  if [ "$2" = true ] && [ -z "$people$assigned" ]; then
    if quietly az ad signed-in-user show --query id --output tsv; then
      people=$(cat "$folder/answer")
    else
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
  local tenant login arm cloud
  tenant=$(az account show --query tenantId --output tsv)
  login=$(az cloud show --query endpoints.activeDirectory --output tsv)
  arm=$(az cloud show --query endpoints.resourceManager --output tsv)
  case ${arm%/} in
  https://management.azure.com) cloud=public ;;
  https://management.usgovcloudapi.net) cloud=usgovernment ;;
  https://management.chinacloudapi.cn) cloud=china ;;
  https://management.sovcloud-api.fr) cloud=bleu ;;
  *) stop "The page does not know this cloud: $arm" ;;
  esac
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
quietly() { "$@" >"$folder/answer" 2>"$folder/error"; }

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
  stop "$(cat "$folder/error")"
}

main "$@"
