//! What comes after a restore: which files there are, and how they get into a server.

pub const FILES_TO_EXPECT: &str = "Files to expect";
pub const FILES_MORE: &str = "This page cannot look into the container. The names follow Azure’s pattern.";
pub const FILE_COLUMNS: [&str; 3] = ["File", "What it is", "Load it with"];
/// What each file is, and what to load it with: in the order of the files' names.
pub const FILES: [(&str, &str); 4] = [
    ("A pg_dump archive, one per database", "pg_restore; not psql, despite its name"),
    ("Plain SQL", "psql, before the databases"),
    ("Plain SQL", "Not needed: the archives hold the schema"),
    ("Plain SQL", "Not needed: of no use on a managed server"),
];

pub const LOAD: &str = "Load them";
pub const LOAD_MORE: &str = "For bash or zsh, with the Azure CLI, and PostgreSQL’s client in the server’s version or a later one. Each command asks for the password, unless PGPASSWORD or ~/.pgpass has it. What you type here goes into the commands and nowhere else.";
pub const INTO_SERVER: &str = "Into the server";
pub const INTO_SERVER_MORE: &str = "Its name, or its host.";
pub const INTO_SERVER_WHOLE: &str = "Its full host name.";
pub const BAD_SERVER: &str = "This is not a server name or host: only letters, digits, dashes, and dots in between.";
pub const BAD_SERVER_WHOLE: &str = "This page does not know how hosts end in this cloud: type the full host name.";
pub const INTO_LOGIN: &str = "Login name";
pub const INTO_LOGIN_MORE: &str = "The server’s administrator, such as pgadmin.";
pub const BAD_LOGIN: &str = "A login name for these commands has only letters, digits and . _ + # @ -";
pub const INTO_DATABASES: &str = "Databases";
pub const INTO_DATABASES_MORE: &str = "Separated by commas. Step 1 shows which ones there are.";
pub const BAD_DATABASES: &str = "One of these cannot be put into a command: at most 20 names of 63 letters, none with / \\ or =, none that begins with a dash.";
pub const INTO_TABLE: &str = "Only one table, if one is missing";
pub const INTO_TABLE_MORE: &str = "Such as sales.orders; public, if no schema is named.";
pub const BAD_TABLE: &str =
    "A table’s name for these commands has only letters, digits and _, with a dot after its schema.";
pub const INTO_ITSELF: &str = "This is the server that was backed up";
pub const INTO_ITSELF_MORE: &str = "The commands create databases and overwrite none, but they do write to it: step 2 also sets its roles as they were then. Leave that step out unless you want it.";

pub const STEP_SEE: &str = "1. See the files";
pub const STEP_SEE_MORE: &str = "You need Storage Blob Data Reader on the storage account or the container. Leave the databases postgres, azure_maintenance and azure_sys out: each server has its own.";
pub const STEP_ROLES: &str = "2. Roles";
pub const STEP_ROLES_MORE: &str = "Azure’s own are left out, and so is the one that you log in with. “Already exists” and “already a member” are expected for roles that the server already has. A role whose password is not in the file needs a new one.";
pub const STEP_ARCHIVE: &str = "3. Fetch the archive";
pub const STEP_ARCHIVE_MORE: &str = "Prints the extensions in it, or nothing if there are none.";
pub const STEP_EXTENSIONS: &str = "4. Allow its extensions";
pub const STEP_EXTENSIONS_MORE: &str = "Only if the server does not allow them yet. What is set replaces what was allowed: name all of them, separated by commas.";
pub const STEP_LOAD: &str = "5. Create the database and load it";
pub const STEP_LOAD_MORE: &str = "A database that exists is left alone. Everything will belong to the login (--no-owner); the roles that it was granted to can use it, if step 2 created them. pg_restore goes on after an error and counts errors at its end: silence is success. If you do not want the roles, add --no-privileges.";
pub const STEP_TABLE: &str = "Or only one table";
pub const STEP_TABLE_MORE: &str = "Into a database that lacks it. First see what belongs to it: remove other tables whose names begin the same; add the line of an index with a different name from pg_restore --list.";
pub const STEP_TABLE_THEN: &str = "Then load what is listed: all of it, or, after any error, nothing.";
pub const WHOLE_INSTEAD: &str = "The steps for whole databases";
pub const STEP_LOOK: &str = "6. Analyze and count";
pub const STEP_LOOK_MORE: &str = "An archive has no statistics for the planner: ANALYZE collects them. It also counts the rows, roughly for large tables.";

/// What a copy button copies: the commands of a step, of one database where there are several.
pub fn commands_of(step: &str, database: Option<&str>) -> String {
    let step = step.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    match database {
        Some(database) => format!("the commands of “{step}” for {database}"),
        None => format!("the commands of “{step}”"),
    }
}
