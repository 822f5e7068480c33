//! How the files of a restore get into a server, as commands for a shell: bash, or zsh.
//!
//! Safe to paste: what was typed is held to a pattern and stands in quotes. What is not known stands as a variable that
//! the shell insists on: it refuses the command and names what is missing, so that nothing is loaded into the wrong
//! place. Of a step no command runs after one that has failed.

use super::{NEXT, is_login, is_prefix, quoted};
use crate::azure::cloud::Cloud;
use crate::azure::id::{AccountName, ContainerName};

/// So many databases are written out at most.
const MOST: usize = 20;

/// The longest name of a database, in bytes: PostgreSQL cuts longer ones.
const LONGEST_NAME: usize = 63;

/// Who is let in where, typed by a person: none of it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The server: its name, or the name of its host.
    pub server: String,
    /// The name to log in with.
    pub login: String,
    /// The databases, with commas between.
    pub databases: String,
    /// The one table that is wanted, perhaps with its schema.
    pub table: String,
}

/// What was typed cannot be put into a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

/// The commands for the files of one restore. What is missing is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runbook {
    /// The host of the server that they are loaded into.
    pub host: Option<String>,
    /// The name to log in with.
    pub login: Option<String>,
    /// The databases.
    pub databases: Vec<String>,
    /// A table and its schema.
    pub table: Option<(String, String)>,
    /// How `az` finds the storage account, and the container.
    place: Option<String>,
    prefix: Option<String>,
}

impl Runbook {
    /// For the files with this prefix in the container of this URL.
    pub fn of(container: Option<&str>, prefix: Option<&str>, cloud: Cloud, typed: &Typed) -> Self {
        Runbook {
            host: host(&typed.server, cloud).unwrap_or_default(),
            login: login(&typed.login).unwrap_or_default(),
            databases: databases(&typed.databases).unwrap_or_default(),
            table: table(&typed.table).unwrap_or_default(),
            place: container.and_then(|url| place(url, cloud)),
            prefix: prefix.filter(|prefix| is_prefix(prefix)).map(str::to_string),
        }
    }

    /// Lists the files.
    pub fn see(&self) -> String {
        let query = "'[].{file: name, bytes: properties.contentLength}'";
        let prefix = self.file("");
        self.blob("list", &["--prefix ", &prefix, " --auth-mode login", NEXT, "--query ", query, " --output table"])
    }

    /// Fetches the roles, takes those out that are Azure's own or the login's, and makes the others. Of a role made
    /// anew the attributes that only a superuser may mention are what they were: not set.
    pub fn roles(&self) -> String {
        let (file, cleaned) = (self.file("_roles.sql"), self.file("_roles.cleaned.sql"));
        let login = match &self.login {
            // What has a meaning in a pattern is to have none.
            Some(login) => login.replace('.', "\\.").replace('+', "\\+"),
            None => ["'", &missing(LOGIN), "'"].concat(),
        };
        [
            &self.download(&file),
            AND,
            "sed -E -e 's/ GRANTED BY .*;$/;/'",
            NEXT,
            "-e '/[ \"](azure_superuser|azure_pg_admin|azuresu|replication)[ \";]/d'",
            NEXT,
            "-e '/^(CREATE|ALTER) ROLE \"?",
            &login,
            "\"?[ ;]/d'",
            NEXT,
            "-e '/^ALTER ROLE /s/ (NOSUPERUSER|NOREPLICATION|NOBYPASSRLS)//g'",
            NEXT,
            &file,
            " > ",
            &cleaned,
            AND,
            &self.client("psql -X"),
            NEXT,
            "-d postgres -f ",
            &cleaned,
        ]
        .concat()
    }

    /// Fetches the archive of a database, and names the extensions in it.
    pub fn archive(&self, database: Option<&str>) -> String {
        let file = self.archive_of(database);
        let names = "sed -nE 's/^[0-9]+; [0-9]+ [0-9]+ EXTENSION - ([^ ]+).*/\\1/p'";
        [&self.download(&file), AND, "pg_restore --list ", &file, " |", NEXT, names].concat()
    }

    /// Shows which extensions the server allows, and sets them: the list that is set takes the place of the one before.
    pub fn extensions(&self) -> String {
        let parameter = |verb: &str, more: &str| {
            // A host of another form does not say the server's name.
            let host = self.host.as_deref().and_then(|host| host.split_once('.'));
            let name = host.filter(|(_, rest)| rest.contains("postgres.database.")).map(|(name, _)| name);
            let server = name.map_or_else(|| missing("SERVER_NAME"), quoted);
            let group = missing("ITS_RESOURCE_GROUP");
            let command = ["az postgres flexible-server parameter ", verb, " --name azure.extensions", NEXT].concat();
            [&command, "--resource-group ", &group, " --server-name ", &server, more].concat()
        };
        let set = [" --value ", &missing("ALL_EXTENSIONS_WITH_COMMAS")].concat();
        [&parameter("show", " --query value --output tsv"), AND, &parameter("set", &set)].concat()
    }

    /// Makes a database that was not there and loads its archive.
    pub fn load(&self, database: Option<&str>) -> String {
        let name = database.map_or_else(|| missing(DATABASE), quoted);
        let (create, restore) = (self.client("createdb"), self.client("pg_restore"));
        let options = [NEXT, "--no-owner --jobs 4 "].concat();
        [&create, " ", &name, AND, &restore, " -d ", &name, &options, &self.archive_of(database)].concat()
    }

    /// Lists what belongs to one table in an archive: its rows, keys, indexes, sequences and rights.
    pub fn contents(&self, database: Option<&str>) -> String {
        let (schema, name) = match &self.table {
            Some((schema, name)) => (schema.as_str(), name.clone()),
            None => ("public", ["'", &missing(TABLE), "'"].concat()),
        };
        let list = self.file("_table.list");
        let of = [" ", schema, " (TABLE |COLUMN )?", &name, "([ ._]|$)"].concat();
        let archive = self.archive_of(database);
        ["pg_restore --list ", &archive, " |", NEXT, "grep -E '", &of, "' > ", &list, AND, "cat ", &list].concat()
    }

    /// Loads what is listed into a database that has no such table: all of it, or nothing.
    pub fn one_table(&self, database: Option<&str>) -> String {
        let name = database.map_or_else(|| missing(DATABASE), quoted);
        let list = [" --use-list ", &self.file("_table.list"), " "].concat();
        let options = [NEXT, "--no-owner --single-transaction", &list].concat();
        [&self.client("pg_restore"), " -d ", &name, &options, &self.archive_of(database)].concat()
    }

    /// Has the server learn what is in a database, and counts its rows. Of the catalogs that all databases share it would
    /// say of each that they are not this login's.
    pub fn look(&self, database: Option<&str>) -> String {
        let name = database.map_or_else(|| missing(DATABASE), quoted);
        let learn = "-c 'SET client_min_messages = error' -c ANALYZE";
        let count = "-c 'SELECT schemaname, relname, n_live_tup FROM pg_stat_user_tables ORDER BY 1, 2'";
        [&self.client("psql -X"), " -d ", &name, NEXT, learn, NEXT, count].concat()
    }

    /// A file of the restore, as one word.
    fn file(&self, ending: &str) -> String {
        match &self.prefix {
            Some(prefix) => quoted(&[prefix, ending].concat()),
            None => [&missing("FILE_PREFIX"), ending].concat(),
        }
    }

    fn archive_of(&self, database: Option<&str>) -> String {
        match database {
            Some(name) => self.file(&["_database_", name, ".sql"].concat()),
            None => [&self.file("_database_"), &missing(DATABASE), ".sql"].concat(),
        }
    }

    fn download(&self, file: &str) -> String {
        self.blob("download", &["--name ", file, NEXT, "--file ", file, " --auth-mode login --output none"])
    }

    /// A command about the container.
    fn blob(&self, verb: &str, more: &[&str]) -> String {
        let (account, container) = (missing("STORAGE_ACCOUNT"), missing("CONTAINER"));
        let unknown = ["--account-name ", &account, " --container-name ", &container].concat();
        let place = self.place.as_ref().unwrap_or(&unknown);
        ["az storage blob ", verb, " ", place, NEXT, &more.concat()].concat()
    }

    /// A program of PostgreSQL's, connected to the server over TLS.
    fn client(&self, program: &str) -> String {
        let host = self.host.as_deref().map_or_else(|| missing(SERVER), quoted);
        let login = self.login.as_deref().map_or_else(|| missing(LOGIN), quoted);
        ["PGSSLMODE=require ", program, " -h ", &host, " -U ", &login].concat()
    }
}

/// Only where the one before went well.
const AND: &str = " &&\n";

const SERVER: &str = "TYPE_THE_SERVER_ABOVE";
const LOGIN: &str = "TYPE_THE_LOGIN_ABOVE";
const DATABASE: &str = "TYPE_THE_DATABASE_ABOVE";
const TABLE: &str = "TYPE_THE_TABLE_ABOVE";

/// What is not known: the shell refuses a command with it, and says its name.
fn missing(name: &str) -> String {
    ["\"${", name, ":?}\""].concat()
}

/// How `az` finds a container: by the account's name, or by its address where that is of another form.
fn place(url: &str, cloud: Cloud) -> Option<String> {
    let (host, name) = url.strip_prefix("https://")?.trim_end_matches('/').split_once('/')?;
    let (account, rest) = host.split_once('.')?;
    let (account, name) = (AccountName::parse(account)?, ContainerName::parse(name)?);
    let usual = rest.strip_prefix("blob.") == Some(cloud.storage_suffix());
    let account = match usual {
        true => ["--account-name ", account.as_str()].concat(),
        false => ["--blob-endpoint https://", &named_host(host)?].concat(),
    };
    Some([&account, " --container-name ", name.as_str()].concat())
}

/// The host of a server, typed as its name or whole; nothing where nothing was typed.
pub fn host(typed: &str, cloud: Cloud) -> Result<Option<String>, Unfit> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let suffix = cloud.postgres_suffix();
    let whole = match typed.contains('.') {
        true => typed.to_string(),
        // Where the cloud's own ending is not known, the whole name is needed.
        false if suffix.is_empty() => return Err(Unfit),
        false => [typed, ".", suffix].concat(),
    };
    named_host(&whole).map(Some).ok_or(Unfit)
}

/// A name of a host, in small letters, if it is one.
fn named_host(text: &str) -> Option<String> {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (text.len() <= 253 && text.split('.').all(label)).then(|| text.to_ascii_lowercase())
}

/// The name to log in with: a role's, or the login name of an account.
pub fn login(typed: &str) -> Result<Option<String>, Unfit> {
    let typed = typed.trim();
    match typed {
        "" => Ok(None),
        name if name.len() <= 128 && is_login(name) => Ok(Some(name.to_string())),
        _ => Err(Unfit),
    }
}

/// The databases. PostgreSQL allows any letter in a name; what would mean something to a program in its place, a path
/// or a connection, is none that can be loaded by these commands, and neither is what does not show.
pub fn databases(typed: &str) -> Result<Vec<String>, Unfit> {
    let names: Vec<String> =
        typed.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_string).collect();
    let shows = |c: char| {
        matches!(c, ' '..='~')
            || (c.is_alphanumeric() && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'))
    };
    let fits = |name: &String| {
        name.len() <= LONGEST_NAME
            && !name.starts_with('-')
            && !name.contains(['/', '\\', '='])
            && name.chars().all(shows)
    };
    if names.len() <= MOST && names.iter().all(fits) { Ok(names) } else { Err(Unfit) }
}

/// A table, in the schema `public` unless another one is named. Names that need no quotes in SQL, in either case.
pub fn table(typed: &str) -> Result<Option<(String, String)>, Unfit> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let (schema, name) = typed.split_once('.').unwrap_or(("public", typed));
    let plain = |name: &str| {
        (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if plain(schema) && plain(name) { Ok(Some((schema.to_string(), name.to_string()))) } else { Err(Unfit) }
}
