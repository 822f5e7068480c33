//! The first page, signing in, a link that is not valid, this host.

pub const PROMISE: &str =
    "Get a PostgreSQL flexible server backup out of an Azure Backup vault, as files, in a storage container.";
pub const PROMISE_MORE: &str = "Your server is not touched. Nothing leaves your browser but calls to Azure.";
pub const ONE_PERMISSION: &str = "Signing in asks for one permission: to call Azure Resource Manager as you.";
pub const SIGN_IN_MICROSOFT: &str = "Sign in with Microsoft";
pub const TRY_IT: &str = "Try it with a simulated Azure";
pub const SET_UP: &str = "Set up this host";
pub const ON_THE_WAY: &str = "On the way to the sign-in page.";

pub const PREPARED: &str = "Links that somebody has sent";
pub const PREPARED_MORE: &str =
    "A restore can be prepared by one person and started by another. Try it from the other end:";
pub const PREPARED_LINK: &str = "Open a link to one point";
pub const PREPARED_PLAN: &str = "Open a plan of three restores";

pub const HOW_IT_GOES: &str = "How it works";
pub const OUTLINE: [(&str, &str); 4] = [
    (
        "1. Choose a point",
        "Open the server’s backup, even a deleted server’s, and choose a recovery point. Each says what is not in it.",
    ),
    (
        "2. Choose a container",
        "Any storage container that the vault can write to. Nothing that is there is overwritten.",
    ),
    (
        "3. Azure restores",
        "Azure checks first, then writes the files. You can close the tab; the address brings you, or a colleague, back.",
    ),
    ("4. Load the files", "One archive per database, and the roles, for pg_restore and psql."),
];
pub const WHAT_YOU_NEED: &str = "What you need";
pub const NEEDS_LIST: [(&str, &str); 3] = [
    ("On the vault", "Backup Operator, or a role that can read points and jobs, and start restores"),
    ("On the container", "Storage Blob Data Contributor for the vault’s identity, not for you"),
    ("Nothing else", "No installation, no agent, no key to paste"),
];
pub const WHAT_IT_DOES_NOT: &str = "What it does not do";
pub const DOES_NOT: [&str; 3] = [
    "Restore into a running server",
    "Go back to any minute: vault points are mostly weekly",
    "Restore a single database or table",
];
pub const BETTER_ANSWER: &str =
    "For any minute of the last 7 to 35 days, the server’s own point-in-time restore is the better answer.";

pub const FRAMED: &str = "This page is shown inside another page";
pub const FRAMED_MORE: &str = "Nothing can be started from a frame. Open this page’s own address.";
pub const INSECURE: &str = "This connection is not encrypted";
pub const INSECURE_MORE: &str =
    "Signing in works over https only. Ask this page’s administrator for its https address.";

pub const SHARED_ORIGIN: &str = "Other pages share this address with this one";
pub const SHARED_ORIGIN_MORE: &str = "On github.io every page of the same account can read what this one keeps in the browser, its token too. Ask this page’s administrator for an address of its own.";

pub const SIGN_IN_FIRST: &str = "Sign in to open this link";
pub const SIGN_IN_FIRST_MORE: &str =
    "It leads to the following. Nothing is asked of Azure before you sign in, and opening it changes nothing.";
pub const NOT_ENDED: &str =
    "A restore that Azure has accepted goes on, whoever is signed in. Sign in to see how far it has got.";

pub const BAD_LINK: &str = "This link is not valid";
pub const BAD_LINK_MORE: &str = "Nothing was asked of Azure. Ask for the link again, or find the server by name.";
pub const FIRST_PAGE: &str = "First page";

pub const ABOUT_MORE: &str =
    "What this host was set up with. It comes from config.json beside the page, never from an address.";
pub const ABOUT_SIMULATED: &str = "The simulated Azure needs no configuration. Its page comes from the same host.";
pub const ABOUT_FOR_REAL: &str = "What this host is set up with";
pub const CONFIGURATION: &str = "Configuration in use";
pub const CLOUD: &str = "Cloud";
pub const SIGNS_IN_AT: &str = "Signs in at";
pub const CLIENT_ID: &str = "Client id";
pub const REDIRECT_URI: &str = "Redirect URI";
pub const API_VERSION: &str = "api-version";
pub const DEFAULT: &str = ", the default";
pub const FROM_HERE: &str = "From here";
pub const ROLES_GRANTED: &str = "roles can be assigned";
pub const ROLES_OFF: &str = "roles are not assigned (grantRoles)";
pub const CONTAINERS_MADE: &str = ", containers can be created";
pub const CONTAINERS_OFF: &str = ", containers are not created (createContainers)";
pub const TARGETS: &str = "Files may go to";
pub const ANYWHERE: &str = "any storage account that Azure allows";
pub const HELP: &str = "Help";

pub const NOT_SET_UP: &str = "This host is not set up yet";
pub const NOT_SET_UP_MORE: &str =
    "Signing in needs an app registration that this host does not name. The simulated Azure works without one.";
pub const MISTAKEN: &str = "config.json has a mistake";
pub const MISTAKEN_MORE: &str =
    "Until this page’s administrator has put it right, nobody can sign in here. The simulated Azure works without it.";
pub const WHAT_IS_WRONG: &str = "What is wrong with config.json";
pub const FIX: &str = "Fix";
pub const COMMANDS: &str = "the command";
pub const REGISTER: &str = "1. Register the app, once per tenant";
pub const REGISTER_MORE: &str = "Run this in the folder of the unpacked release (in the sources: hosting/entra/register.sh), in Bash, where az is signed in to your cloud and tenant, as somebody who can register applications. It registers this page’s address and one delegated permission, user_impersonation on Azure Service Management, and lets in only who is assigned: you, at first. Then an administrator has to consent, at the address that it prints. Running it again changes nothing. docs/entra.md has the rest, and a role that can restore and nothing else.";
pub const WRITE_CONFIG: &str = "2. Put config.json beside index.html";
pub const WRITE_CONFIG_MORE: &str = "The command has written it: the client id, the tenant’s id, and cloud (public, usgovernment, china, bleu). apiVersion can be left out. grantRoles, createContainers and targets switch off what a policy forbids; supportText and supportUrl tell people where to ask. config.schema.json, beside this page, has them all.";

/// The whole file, with the sample's placeholder.
pub const SAMPLE_CONFIG: &str = "{
  \"clientId\": \"00000000-0000-0000-0000-000000000000\",
  \"tenant\": \"contoso.onmicrosoft.com\",
  \"cloud\": \"public\",
  \"apiVersion\": \"2024-04-01\"
}
";

/// Registering the app: the script of the release says the rest. The address is the browser's own, which may have a quote in
/// its path; the shell reads nothing else between quotes, and the script takes no odd one.
pub fn register(folder: &str) -> String {
    ["entra/register.sh '", &folder.replace('\'', "%27"), "' > config.json\n"].concat()
}

/// A line of a file.
pub fn line(number: usize) -> String {
    format!("Line {number}")
}
