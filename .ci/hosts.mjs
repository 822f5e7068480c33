// The ready files of each kind of host, for each cloud: headers, cache rules and content types of .ci/csp.mjs in that
// host's own words. docs/hosting.md says what to do with them.
//
//   node .ci/hosts.mjs OUT [SITE]      SITE: the built site, dist/ unless said otherwise
//
// Where a host's file can hold no pattern that a missing file would escape, the hashed files of SITE are named one by one:
// an error must never be kept for a year under the name of a file that a later copy brings.
import fs from "node:fs";
import path from "node:path";
import { cacheControl, clouds, FOR_EVER, HASHED, isHashed, overHttps, types } from "./csp.mjs";

const REVALIDATED = cacheControl("index.html");
const YEAR_OF_IIS = "365.00:00:00";

/** File name → text, for a cloud and the names of the site's files. */
export const hostFiles = (cloud, names) => {
  const hashed = names.filter((name) => isHashed(name) && path.extname(name).slice(1) in types).sort();
  const headers = Object.entries(overHttps(cloud));
  return {
    "nginx.conf": nginx(cloud, headers),
    Caddyfile: caddy(cloud, headers),
    "staticwebapp.config.json": staticWebApp(headers, hashed),
    _headers: underscoreHeaders(cloud, headers, hashed),
    // Without it Cloudflare Pages answers for whatever is missing with index.html and a good status ("Serving Pages").
    "404.html": "<!doctype html>\n<title>Not found</title>\n",
    "web.config": iis(cloud, headers, hashed),
    "azure-storage.sh": azureStorage(),
    "azure-front-door.json": frontDoor(headers),
  };
};

const MADE = "Made by .ci/hosts.mjs: leave it as it is, an upgrade brings it anew.";

function nginx(cloud, headers) {
  // A location that adds one header inherits none: each of them gets all.
  const all = (indent, ...more) => [...headers, ...more]
    .map(([name, value, always = " always"]) => `${indent}add_header ${name} "${value}"${always};`).join("\n");
  return `# PG Flex Restore on nginx, for the cloud "${cloud}". ${MADE}
# It goes into a location of your server block, which says where the app lies and where its files are:
#
#   location = /tools/restore {
#     absolute_redirect off;
#     return 301 /tools/restore/;
#   }
#   location ^~ /tools/restore/ {
#     alias /srv/pgflex-restore/;
#     include /etc/nginx/pgflex-restore.conf;
#   }
#
# Both names of the second one end in a slash: a location without it takes /tools/restore../ as well, and that is the folder
# above the files. On a host name of its own it is \`location ^~ / {\`, and the first one goes.

index index.html;
autoindex off;
server_tokens off;
etag on;

# Copies that lie beside the files are sent; nothing is compressed while somebody waits.
gzip off;
gzip_static on;
gzip_vary on;

charset off;
types {
${Object.entries(types).map(([extension, type]) => `  "${type}" ${extension};`).join("\n")}
}
default_type application/octet-stream;

${all("", ["cache-control", REVALIDATED, ""])}

# The first of these that fits is taken.
location ~ "/[.]" {
  return 404;
}

# WebAssembly that the page unpacks itself.
location ~ "${HASHED.replace("[a-z]+", "bin")}" {
  gzip_static off;
${all("  ", ["cache-control", FOR_EVER, ""])}
}

# A name with the file's hash in it. What is missing is not to be kept: no "always" for its cache-control.
location ~ "${HASHED}" {
${all("  ", ["cache-control", FOR_EVER, ""])}
}
`;
}

function caddy(cloud, headers) {
  const typed = Object.entries(types).map(([extension, type]) => `@${extension} path *.${extension}\nheader @${extension} Content-Type "${type}"`);
  return `# PG Flex Restore on Caddy, for the cloud "${cloud}". ${MADE}
# It goes into a site of your Caddyfile, which says where the app lies and where its files are:
#
#	redir /tools/restore /tools/restore/
#	handle_path /tools/restore/* {
#		root * /srv/pgflex-restore
#		import /etc/caddy/pgflex-restore.caddy
#	}
#
# On a host name of its own \`handle {\` takes the place of \`handle_path /tools/restore/* {\`, and there is no redir.

# Nothing is removed or defaulted here: Caddy would do all of it late then, and leave errors without these.
header {
${headers.map(([name, value]) => `	${name} "${value}"`).join("\n")}
}

# A name with the file's hash in it, if there is such a file. Everything else, and what is missing, is asked for each time.
@hashed {
	file
	path_regexp "${HASHED}"
}
@changing not {
	file
	path_regexp "${HASHED}"
}
header @hashed cache-control "${FOR_EVER}"
header @changing cache-control "${REVALIDATED}"

${typed.join("\n")}

@hidden path */.*
error @hidden 404
@writing not method GET HEAD
error @writing 405

file_server {
	index index.html
	precompressed br gzip
}
`;
}

const staticWebApp = (headers, hashed) => `${JSON.stringify({
  $schema: "https://json.schemastore.org/staticwebapp.config.json",
  // No navigationFallback: a file that is missing is an error, and no page.
  routes: hashed.map((name) => ({ route: `/${name}`, headers: { "cache-control": FOR_EVER } })),
  globalHeaders: Object.fromEntries([...headers, ["cache-control", REVALIDATED]]),
  mimeTypes: Object.fromEntries(Object.entries(types).map(([extension, type]) => [`.${extension}`, type])),
}, null, 2)}
`;

// Cloudflare Pages and Netlify. Headers of all rules that fit a request add up, so no two set the same one. What no
// rule names, both revalidate by themselves.
function underscoreHeaders(cloud, headers, hashed) {
  const rule = (at, ...lines) => [at, ...lines.map(([name, value]) => `  ${name}: ${value}`)].join("\n");
  return [
    `# PG Flex Restore on Cloudflare Pages or Netlify, for the cloud "${cloud}".\n# ${MADE}`,
    rule("/*", ...headers),
    ...["/", "/index.html", "/config.json"].map((at) => rule(at, ["cache-control", REVALIDATED])),
    ...hashed.map((name) => rule(`/${name}`, ["cache-control", FOR_EVER])),
  ].join("\n\n") + "\n";
}

function iis(cloud, headers, hashed) {
  const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  // What a parent has set would otherwise stand there twice, which IIS refuses.
  const added = headers.map(([name, value]) => `        <remove name="${name}" />\n        <add name="${name}" value="${quoted(value)}" />`);
  const maps = Object.entries(types).map(([extension, type]) =>
    `      <remove fileExtension=".${extension}" />\n      <mimeMap fileExtension=".${extension}" mimeType="${type}" />`);
  const kept = hashed.map((name) => `  <location path="${name}">
    <system.webServer>
      <staticContent>
        <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="${YEAR_OF_IIS}" cacheControlCustom="public, immutable" />
      </staticContent>
    </system.webServer>
  </location>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- PG Flex Restore on IIS 10, for the cloud "${cloud}". ${MADE} It lies beside index.html. -->
<configuration>
  <system.webServer>
    <defaultDocument enabled="true">
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
    <directoryBrowse enabled="false" />
    <security>
      <requestFiltering removeServerHeader="true" />
    </security>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By" />
${added.join("\n")}
      </customHeaders>
    </httpProtocol>
    <staticContent>
${maps.join("\n")}
      <!-- Sends cache-control: no-cache. -->
      <clientCache cacheControlMode="DisableCache" />
    </staticContent>
  </system.webServer>
  <!-- The files that have their hash in their name. -->
${kept.join("\n")}
</configuration>
`;
}

function azureStorage() {
  const hashed = `*-${"[0-9a-f]".repeat(16)}.*`;
  return `#!/bin/sh
# Puts the site onto the static website of an Azure storage account, so that whoever opens it meanwhile finds it whole:
# files with a hash in their name first, index.html last. Afterwards those are removed that SITE no longer holds.
#
#   sh azure-storage.sh SITE ACCOUNT [FOLDER]      FOLDER: below which the page lies there, as tools/restore
#
# SITE is a folder that hosting/update.sh keeps, with your config.json in it. You are signed in with \`az login\`, to the right
# cloud (\`az cloud set\`), and have Storage Blob Data Contributor on the account. Its website is switched on once, with
# \`az storage blob service-properties update --account-name ACCOUNT --auth-mode login --static-website true --index-document index.html\`.
# ${MADE}
set -eu
LC_ALL=C
export LC_ALL

stop() { printf '%s\\n' "$*" >&2; exit 1; }

[ $# -eq 2 ] || [ $# -eq 3 ] || stop "How: sh azure-storage.sh SITE ACCOUNT [FOLDER]"
site=$1
account=$2
below=\${3:+\${3%/}/}
case $below in /*) stop "$3 begins with a slash: a folder of the website has none." ;; esac
[ -f "$site/index.html" ] || stop "$site holds no index.html."
[ -f "$site/config.json" ] || stop "$site holds no config.json: put yours beside index.html."

type_of() {
  case $1 in
${Object.entries(types).map(([extension, type]) => `  *.${extension}) echo "${type}" ;;`).join("\n")}
  *) echo "application/octet-stream" ;;
  esac
}

is_hashed() { case $1 in ${hashed}) return 0 ;; *) return 1 ;; esac }

# Storage compresses nothing: where a packed copy lies beside a file, that is sent, and said to be packed. Every browser
# that runs the app unpacks it.
put() {
  name=$1
  if is_hashed "$name"; then cache="${FOR_EVER}"; else cache="${REVALIDATED}"; fi
  file=$site/$name
  set --
  if [ -f "$file.gz" ]; then
    file=$file.gz
    set -- --content-encoding gzip
  fi
  printf '%s\\n' "$below$name"
  az storage blob upload --account-name "$account" --auth-mode login --container-name "\\$web" --name "$below$name" --file "$file" \\
    --content-type "$(type_of "$name")" --content-cache-control "$cache" "$@" \\
    --overwrite true --no-progress --only-show-errors --output none
}

for file in "$site"/*; do
  name=\${file##*/}
  case $name in *.gz | *.br) continue ;; esac
  if is_hashed "$name"; then put "$name"; fi
done
for file in "$site"/*; do
  name=\${file##*/}
  case $name in *.gz | *.br | index.html) continue ;; esac
  if ! is_hashed "$name"; then put "$name"; fi
done
put index.html

# All of them are named before one is removed: where the list fails, so does this.
blobs=$(az storage blob list --account-name "$account" --auth-mode login --container-name "\\$web" --num-results '*' --query '[].name' --only-show-errors --output tsv)
while IFS= read -r blob; do
  name=\${blob#"$below"}
  # What is in another folder is another page's.
  if [ "$below$name" != "$blob" ] || [ "$name" != "\${name##*/}" ]; then continue; fi
  if ! is_hashed "$name" || [ -f "$site/$name" ]; then continue; fi
  printf 'removed: %s\\n' "$blob"
  az storage blob delete --account-name "$account" --auth-mode login --container-name "\\$web" --name "$blob" --only-show-errors --output none </dev/null
done <<EOF
$blobs
EOF
`;
}

// For an Azure Front Door (Standard or Premium) before a storage account's static website, which sends no headers of its own:
// a rule set of its profile, a rule for each header. Its values may have 640 letters, a rule five actions.
function frontDoor(headers) {
  const type = "Microsoft.Cdn/profiles/ruleSets";
  const set = "pgflexrestore";
  const rules = headers.map(([headerName, value], at) => ({
    type: `${type}/rules`,
    apiVersion: "2023-05-01",
    name: `[format('{0}/${set}/${headerName.replaceAll("-", "")}', parameters('profile'))]`,
    dependsOn: [`[resourceId('${type}', parameters('profile'), '${set}')]`],
    properties: {
      order: at + 1,
      conditions: [],
      actions: [{ name: "ModifyResponseHeader", parameters: { typeName: "DeliveryRuleHeaderActionParameters", headerAction: "Overwrite", headerName, value } }],
      matchProcessingBehavior: "Continue",
    },
  }));
  return `${JSON.stringify({
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { profile: { type: "string", metadata: { description: "The name of the Front Door profile." } } },
    resources: [{ type, apiVersion: "2023-05-01", name: `[format('{0}/${set}', parameters('profile'))]` }, ...rules],
  }, null, 2)}
`;
}

/** Writes all of them: OUT/<cloud>/<file>. */
export function writeHostFiles(out, site) {
  if (!fs.existsSync(path.join(site, "index.html"))) throw new Error(`${site} holds no index.html: build it with \`make dist\`, or name another folder`);
  for (const cloud of Object.keys(clouds)) {
    fs.mkdirSync(path.join(out, cloud), { recursive: true });
    for (const [name, text] of Object.entries(hostFiles(cloud, fs.readdirSync(site)))) fs.writeFileSync(path.join(out, cloud, name), text);
  }
}

if (process.argv[1] === import.meta.filename) {
  const [out, site = "dist"] = process.argv.slice(2);
  try {
    if (!out) throw new Error("where to? node .ci/hosts.mjs OUT [SITE]");
    writeHostFiles(out, site);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
