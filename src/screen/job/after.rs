//! After a good end: the files to expect, and the commands that load them, filled in.

use super::super::find::{row, table};
use super::super::make::{Put, Write, input};
use super::super::parts::files as names;
use super::super::{Block, Text, Tone, plain};
use crate::app::{Field, Model};
use crate::azure::wire::Job;
use crate::commands::runbook::{self, Runbook};
use crate::words::page;

/// The files, by name.
pub(super) fn files(blocks: &mut Vec<Block>, job: &Job) {
    let mut body = Vec::new();
    if let Some(url) = &job.destination {
        let mut line = Text::new();
        line.copy("container URL", url);
        body.para(line);
    }
    body.says(page::FILES_MORE);
    let mut rows = Vec::new();
    for ((what, load), name) in page::FILES.into_iter().zip(names(job.prefix.as_deref().unwrap_or("…"))) {
        row(&mut rows, load.to_string(), vec![name, plain(what), plain(load)]);
    }
    table(&mut body, page::FILES_TO_EXPECT, &page::FILE_COLUMNS, rows);
    blocks.section("files", page::FILES_TO_EXPECT, body);
}

/// What loads them, step by step.
pub(super) fn load(blocks: &mut Vec<Block>, model: &Model, job: &Job) {
    let (cloud, typed) = (model.cloud(), model.typed());
    let book = Runbook::of(job.destination.as_deref(), job.prefix.as_deref(), cloud, &typed);
    let mut body = Vec::new();
    body.hints(page::LOAD_MORE);
    let (hint, bad) = match cloud.postgres_suffix().is_empty() {
        true => (page::INTO_SERVER_WHOLE, page::BAD_SERVER_WHOLE),
        false => (page::INTO_SERVER_MORE, page::BAD_SERVER),
    };
    let bad = runbook::host(&typed.server, cloud).is_err().then_some(bad);
    let server = field(Field::IntoServer, page::INTO_SERVER, hint, bad, &typed.server);
    let bad = runbook::login(&typed.login).is_err().then_some(page::BAD_LOGIN);
    let login = field(Field::IntoLogin, page::INTO_LOGIN, page::INTO_LOGIN_MORE, bad, &typed.login);
    body.put(Block::Pair(vec![server, login]));
    let bad = runbook::databases(&typed.databases).is_err().then_some(page::BAD_DATABASES);
    let hint = page::INTO_DATABASES_MORE;
    let databases = field(Field::IntoDatabases, page::INTO_DATABASES, hint, bad, &typed.databases);
    let bad = runbook::table(&typed.table).is_err().then_some(page::BAD_TABLE);
    let one = field(Field::IntoTable, page::INTO_TABLE, page::INTO_TABLE_MORE, bad, &typed.table);
    body.put(Block::Pair(vec![databases, one]));
    if book.host.as_deref().and_then(|host| host.split('.').next()).is_some_and(|name| job.server_name == name) {
        body.notice(Tone::Warn, None, page::INTO_ITSELF, page::INTO_ITSELF_MORE);
    }
    let databases: Vec<Option<&str>> = match book.databases.is_empty() {
        true => vec![None],
        false => book.databases.iter().map(|name| Some(name.as_str())).collect(),
    };
    let once = |says: &str, title: &str, command: String| {
        let mut body = Vec::new();
        body.hints(says).source(&page::commands_of(title, None), &command);
        body
    };
    // Of several databases each has commands of its own: that one of them has met an error holds up no other.
    let each = |body: &mut Vec<Block>, title: &str, command: fn(&Runbook, Option<&str>) -> String| {
        for database in &databases {
            body.source(
                &page::commands_of(title, database.filter(|_| databases.len() > 1)),
                &command(&book, *database),
            );
        }
    };
    let of_each = |says: &str, title: &str, command: fn(&Runbook, Option<&str>) -> String| {
        let mut body = Vec::new();
        body.hints(says);
        each(&mut body, title, command);
        body
    };
    body.section("see", page::STEP_SEE, once(page::STEP_SEE_MORE, page::STEP_SEE, book.see()));
    // Whoever wants one table back needs none of what a whole database does.
    let one_table = book.table.is_some();
    let mut whole = Vec::new();
    whole.section("roles", page::STEP_ROLES, once(page::STEP_ROLES_MORE, page::STEP_ROLES, book.roles()));
    let archive = of_each(page::STEP_ARCHIVE_MORE, page::STEP_ARCHIVE, Runbook::archive);
    if one_table {
        body.section("archive", page::STEP_ARCHIVE, archive);
    } else {
        body.append(&mut whole);
        body.section("archive", page::STEP_ARCHIVE, archive);
    }
    let extensions = once(page::STEP_EXTENSIONS_MORE, page::STEP_EXTENSIONS, book.extensions());
    whole.section("extensions", page::STEP_EXTENSIONS, extensions);
    whole.section("load-all", page::STEP_LOAD, of_each(page::STEP_LOAD_MORE, page::STEP_LOAD, Runbook::load));
    if !one_table {
        body.append(&mut whole);
    }
    // A table is of one database.
    let first = databases.first().copied().flatten();
    let mut table = once(page::STEP_TABLE_MORE, page::STEP_TABLE, book.contents(first));
    let then = book.one_table(first);
    table.hints(page::STEP_TABLE_THEN).source(&page::commands_of(page::STEP_TABLE_THEN, None), &then);
    body.section("load-table", page::STEP_TABLE, table);
    if one_table {
        body.fold("whole", page::WHOLE_INSTEAD, whole);
    }
    body.section("look", page::STEP_LOOK, of_each(page::STEP_LOOK_MORE, page::STEP_LOOK, Runbook::look));
    blocks.section("load", page::LOAD, body);
}

fn field(field: Field, label: &str, hint: &str, bad: Option<&str>, value: &str) -> Block {
    Block::Input(input(field, label, plain(hint), bad.map(plain), value))
}
