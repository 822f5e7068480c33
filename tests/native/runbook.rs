//! Commands that load what a restore has written: what a shell makes of them is what was typed, whatever that holds. That
//! they do load it `tests/runbook` sees, with PostgreSQL itself.

use pgflex_restore::azure::cloud::Cloud;
use pgflex_restore::commands::runbook::{Runbook, Typed, Unfit, databases, host, login, table};
use std::process::Command;

const CONTAINER: &str = "https://stfiles.blob.core.windows.net/drill";

/// What people put into names to have it run, to be connected elsewhere, or to look like another name.
const HOSTILE: [&str; 30] = [
    "$(reboot)",
    "`reboot`",
    "a;reboot",
    "a&&reboot",
    "a|reboot",
    "a\nreboot",
    "a\rreboot",
    "'; reboot; '",
    "\"; reboot; \"",
    "\\'; reboot; \\'",
    "a\u{202e}b",
    "a\u{200b}b",
    "a\u{3164}b",
    "--help",
    "-delsewhere",
    "a\u{0}b",
    "${HOME}",
    "$HOME",
    "a b",
    "*",
    "!!",
    "{a,b}",
    "~root",
    "host=elsewhere.example.com",
    "postgresql://elsewhere.example.com/x",
    "../../etc/passwd",
    "50%",
    "größe",
    "a\u{7f}b",
    "# nothing",
];

fn book(server: &str, login: &str, databases: &str, table: &str) -> Runbook {
    let text = str::to_string;
    let typed = Typed { server: text(server), login: text(login), databases: text(databases), table: text(table) };
    Runbook::of(Some(CONTAINER), Some("drill-x"), Cloud::Public, &typed)
}

/// Every command of a runbook.
fn commands(book: &Runbook) -> Vec<String> {
    let database = book.databases.first().map(String::as_str);
    vec![
        book.see(),
        book.roles(),
        book.archive(database),
        book.extensions(),
        book.load(database),
        book.contents(database),
        book.one_table(database),
        book.look(database),
    ]
}

/// What a shell calls, a line a program: its words, with a bar between. Nothing runs; a program that is not one of
/// these would fail.
fn called(text: &str) -> Result<Vec<String>, String> {
    let names = ["az", "psql", "pg_restore", "createdb", "sed", "grep", "cat"];
    let told = names.map(|name| format!("{name}() {{ (IFS='|'; printf '%s\\n' \"{name}|$*\" >&2); }}\n")).concat();
    // What it writes is empty.
    let folder = env!("CARGO_TARGET_TMPDIR");
    let script = format!("{told}{text}\n");
    let mut bash = Command::new("bash");
    bash.args(["-c", &script]).current_dir(folder).env_clear().env("LC_ALL", "C.UTF-8");
    bash.envs([("ITS_RESOURCE_GROUP", "rg"), ("ALL_EXTENSIONS_WITH_COMMAS", "x"), ("HOME", "/nowhere")]);
    let ran = bash.output().unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    if ran.status.success() { Ok(told.lines().map(str::to_string).collect()) } else { Err(told) }
}

#[test]
fn every_command_says_to_a_shell_what_it_says_to_a_person() {
    let book = book("psql-drill", "pgadmin", "orders", "sales.items");
    let all: Vec<String> = commands(&book).iter().flat_map(|command| called(command).unwrap()).collect();
    let on = "-h|psql-drill.postgres.database.azure.com|-U|pgadmin";
    let blob = "--account-name|stfiles|--container-name|drill";
    let fetch = |file: &str| {
        format!("az|storage|blob|download|{blob}|--name|{file}|--file|{file}|--auth-mode|login|--output|none")
    };
    let parameter = "--name|azure.extensions|--resource-group|rg|--server-name|psql-drill";
    let archive = "drill-x_database_orders.sql";
    let mut expected = vec![
        format!("az|storage|blob|list|{blob}|--prefix|drill-x|--auth-mode|login|--query|[].{{file: name, bytes: properties.contentLength}}|--output|table"),
        fetch("drill-x_roles.sql"),
        "sed|-E|-e|s/ GRANTED BY .*;$/;/|-e|/[ \"](azure_superuser|azure_pg_admin|azuresu|replication)[ \";]/d|-e|/^(CREATE|ALTER) ROLE \"?pgadmin\"?[ ;]/d|-e|/^ALTER ROLE /s/ (NOSUPERUSER|NOREPLICATION|NOBYPASSRLS)//g|drill-x_roles.sql".into(),
        format!("psql|-X|{on}|-d|postgres|-f|drill-x_roles.cleaned.sql"),
        fetch(archive),
        format!("pg_restore|--list|{archive}"),
        "sed|-nE|s/^[0-9]+; [0-9]+ [0-9]+ EXTENSION - ([^ ]+).*/\\1/p".into(),
        format!("az|postgres|flexible-server|parameter|show|{parameter}|--query|value|--output|tsv"),
        format!("az|postgres|flexible-server|parameter|set|{parameter}|--value|x"),
        format!("createdb|{on}|orders"),
        format!("pg_restore|{on}|-d|orders|--no-owner|--jobs|4|{archive}"),
        format!("pg_restore|--list|{archive}"),
        "grep|-E| sales (TABLE |COLUMN )?items([ ._]|$)".into(),
        "cat|drill-x_table.list".into(),
        format!("pg_restore|{on}|-d|orders|--no-owner|--single-transaction|--use-list|drill-x_table.list|{archive}"),
        format!("psql|-X|{on}|-d|orders|-c|SET client_min_messages = error|-c|ANALYZE|-c|SELECT schemaname, relname, n_live_tup FROM pg_stat_user_tables ORDER BY 1, 2"),
    ];
    // Of two programs with a pipe between nobody knows which speaks first.
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    expected = sorted(expected);
    assert_eq!(sorted(all), expected);
}

#[test]
fn whatever_is_typed_is_one_word_or_refused() {
    for text in HOSTILE {
        // A name of a database may be nearly anything; of the others nothing here is one.
        let fits = databases(text).is_ok();
        let odd = ["\n", "\r", "\0", "\u{202e}", "\u{200b}", "\u{3164}", "\u{7f}", "-", "=", "/", "\\"];
        assert_eq!(fits, !odd.iter().any(|odd| text.contains(odd)), "{text:?}");
        assert_eq!(host(text, Cloud::Public), Err(Unfit), "{text:?}");
        assert_eq!(login(text), Err(Unfit), "{text:?}");
        assert_eq!(table(text), Err(Unfit), "{text:?}");
        let book = book("psql-drill", "pgadmin", text, "items");
        if !fits {
            assert!(book.databases.is_empty());
            assert!(commands(&book).iter().all(|command| !command.contains(text)), "{text:?}");
            continue;
        }
        let names: Vec<&str> = text.split(',').map(str::trim).collect();
        assert_eq!(book.databases, names);
        for name in names {
            let load = called(&book.load(Some(name))).unwrap();
            let on = "-h|psql-drill.postgres.database.azure.com|-U|pgadmin";
            assert_eq!(load[0], format!("createdb|{on}|{name}"));
            assert_eq!(load[1], format!("pg_restore|{on}|-d|{name}|--no-owner|--jobs|4|drill-x_database_{name}.sql"));
            let fetched = called(&book.archive(Some(name))).unwrap();
            assert!(fetched.iter().any(|line| line.contains(&format!("|--name|drill-x_database_{name}.sql|--file|"))));
        }
    }
}

#[test]
fn what_azure_tells_of_the_files_is_held_to_a_pattern_too() {
    for text in HOSTILE {
        let url = format!("https://stfiles.blob.core.windows.net/{text}");
        let account = format!("https://{text}.blob.core.windows.net/drill");
        for (container, prefix) in [(url.as_str(), "drill-x"), (account.as_str(), "drill-x"), (CONTAINER, text)] {
            let book = Runbook::of(Some(container), Some(prefix), Cloud::Public, &Typed::default());
            assert!(called(&book.see()).is_err_and(|told| told.contains("parameter null or not set")), "{text:?}");
        }
    }
}

#[test]
fn what_is_not_known_is_asked_for_by_the_shell() {
    let book = book("", "", "", "");
    for (command, name) in [
        (book.roles(), "TYPE_THE_SERVER_ABOVE"),
        (book.archive(None), "TYPE_THE_DATABASE_ABOVE"),
        (book.load(None), "TYPE_THE_SERVER_ABOVE"),
        (book.one_table(None), "TYPE_THE_SERVER_ABOVE"),
        (book.look(None), "TYPE_THE_SERVER_ABOVE"),
        (book.extensions(), "SERVER_NAME"),
    ] {
        let told = called(&command).expect_err("it is refused");
        assert!(told.contains(name) || told.contains("TYPE_THE_LOGIN_ABOVE"), "{command}\n{told}");
        assert!(!told.lines().any(|line| line.starts_with("psql|") || line.starts_with("createdb|")), "{told}");
    }
    assert!(book.contents(None).contains("TYPE_THE_TABLE_ABOVE"));
}

#[test]
fn a_server_is_named_or_its_host_is() {
    let public = |typed| host(typed, Cloud::Public);
    assert_eq!(public("  "), Ok(None));
    assert_eq!(public(" psql-Drill "), Ok(Some("psql-drill.postgres.database.azure.com".into())));
    assert_eq!(public("psql-drill.postgres.database.azure.com"), public("psql-drill"));
    assert_eq!(public("10.0.0.4"), Ok(Some("10.0.0.4".into())));
    assert_eq!(public("a..b"), Err(Unfit));
    let of = |cloud| host("psql-drill", cloud).ok().flatten().unwrap_or_default();
    assert_eq!(of(Cloud::UsGovernment), "psql-drill.postgres.database.usgovcloudapi.net");
    assert_eq!(of(Cloud::China), "psql-drill.postgres.database.chinacloudapi.cn");
    // How hosts end there is not known: a guess might be somebody else's.
    assert_eq!(host("psql-drill", Cloud::Bleu), Err(Unfit));
    assert_eq!(host("psql.example.fr", Cloud::Bleu), Ok(Some("psql.example.fr".into())));
    // Only Azure's own hosts say what the server is called.
    assert!(book("10.0.0.4", "pgadmin", "", "").extensions().contains("SERVER_NAME"));
}

#[test]
fn a_login_is_taken_literally_by_the_pattern_that_leaves_it_out() {
    let book = book("psql-drill", "on.call+dba@contoso.com", "", "");
    assert!(book.roles().contains("ROLE \"?on\\.call\\+dba@contoso\\.com\"?[ ;]/d"), "{}", book.roles());
    assert_eq!(login("oncall_contoso.com#EXT#@fabrikam.onmicrosoft.com").map(|name| name.is_some()), Ok(true));
}

#[test]
fn an_account_of_another_form_is_found_by_its_address() {
    let url = "https://stfiles.z12.blob.storage.azure.net/drill/";
    let book = Runbook::of(Some(url), Some("drill-x"), Cloud::Public, &Typed::default());
    let told = called(&book.see()).unwrap();
    assert!(
        told[0].contains("|--blob-endpoint|https://stfiles.z12.blob.storage.azure.net|--container-name|drill|"),
        "{told:?}"
    );
}
