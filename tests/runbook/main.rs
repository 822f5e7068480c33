//! The commands that the page prints after a restore, run exactly as they are printed: `psql`, `pg_restore` and `createdb`
//! are PostgreSQL's own, the server is one of this test's, logged in to as somebody who is no superuser, and `az` fetches
//! from a folder in which there are files of the very kinds that Azure writes.

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cluster;

use cluster::{Cluster, programs, tools};
use pgflex_restore::azure::cloud::Cloud;
use pgflex_restore::commands::runbook::{Runbook, Typed};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

const CONTAINER: &str = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills";
const PREFIX: &str = "orders-prod-20261109-k7q2mx";

/// A database whose name means something to a shell, and to a pattern.
const ODD: &str = "it's 50% $HOME \"größe\"";

/// What is in the source, beside what Azure puts there: an owner and others, a schema, keys, an identity, rights.
const ROLES: &str = "
    CREATE ROLE app_owner NOLOGIN;
    CREATE ROLE reader NOLOGIN;
    CREATE ROLE \"oncall@contoso.com\" LOGIN;
    CREATE ROLE app LOGIN PASSWORD 'theirs';
    ALTER ROLE pgadmin PASSWORD 'of the source';
    GRANT reader TO app;
    GRANT app_owner TO pgadmin;
    ALTER ROLE app SET search_path TO sales, public;
";

const ORDERS: &str = "
    CREATE EXTENSION pgcrypto;
    CREATE EXTENSION pg_trgm;
    SET ROLE app_owner;
    CREATE SCHEMA sales;
    CREATE TABLE sales.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
    CREATE TABLE sales.order_items (
        id bigserial PRIMARY KEY, customer int REFERENCES sales.customers, sku text, quantity int CHECK (quantity > 0));
    CREATE TABLE sales.order_notes (note text);
    INSERT INTO sales.order_notes VALUES ('one'), ('two'), ('three');
    CREATE INDEX order_items_sku ON sales.order_items (sku);
    COMMENT ON COLUMN sales.order_items.sku IS 'the shelf';
    INSERT INTO sales.customers (name) SELECT 'customer ' || i FROM generate_series(1, 100) i;
    INSERT INTO sales.order_items (customer, sku, quantity) SELECT 1 + i % 100, 'sku ' || i, 1 FROM generate_series(1, 1000) i;
    CREATE VIEW sales.totals AS SELECT sku, sum(quantity) FROM sales.order_items GROUP BY 1;
    GRANT USAGE ON SCHEMA sales TO reader;
    GRANT SELECT ON sales.order_items TO reader;
";

/// `az`, as far as it is called. Fetches from a folder; notes what it was called for.
const AZ: &str = r#"#!/bin/bash
echo "$*" >> "$HOME/called"
case "$1 $2 $3 $4" in
"storage blob list "*) exec ls "$HOME/files" ;;
"storage blob download "*)
  while [ $# -gt 0 ]; do
    case "$1" in --name) name=$2 ;; --file) file=$2 ;; esac
    shift
  done
  exec cp "$HOME/files/$name" "$file" ;;
"postgres flexible-server parameter show") echo PG_TRGM ;;
"postgres flexible-server parameter set") ;;
*) echo "az: what is $*?" >&2; exit 2 ;;
esac
"#;

/// A program of PostgreSQL's: the host's name stands for a socket, where there is no TLS to insist on.
const CLIENT: &str = r#"#!/bin/bash
arguments=()
while [ $# -gt 0 ]; do
  if [ "$1" = -h ]; then
    [ "$2 $PGSSLMODE" = "psql-orders-drill.postgres.database.azure.com require" ] || { echo "connects to $2, $PGSSLMODE" >&2; exit 9; }
    arguments+=(-h "SOCKET"); shift 2
  else
    arguments+=("$1"); shift
  fi
done
unset PGSSLMODE
exec "REAL" "${arguments[@]}"
"#;

/// Two servers, the files of one, and a shell beside the other.
struct Stage {
    target: Cluster,
    // Goes last: the servers are in it.
    home: Folder,
}

/// A folder that is thrown away.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a command came to.
struct Ran {
    well: bool,
    out: String,
    errors: String,
}

impl Stage {
    fn new(name: &str) -> Stage {
        let folder = Folder(std::env::temp_dir().join(format!("runbook-{name}-{}", std::process::id())));
        let home = folder.0.clone();
        for folder in ["files", "bin", "work"] {
            fs::create_dir_all(home.join(folder)).unwrap();
        }
        let source = Cluster::start(&home, "source");
        source.run("postgres", ROLES);
        source.run("postgres", "CREATE DATABASE orders OWNER app_owner");
        source.run("orders", ORDERS);
        source.run("postgres", &format!("CREATE DATABASE \"{}\"", ODD.replace('"', "\"\"")));
        source.run(ODD, "CREATE TABLE t AS SELECT 1 AS one");
        let file = |ending: &str| home.join("files").join(format!("{PREFIX}{ending}"));
        for database in ["orders", ODD] {
            source.dump("pg_dump", &["-Fc", database], &file(&format!("_database_{database}.sql")));
        }
        source.dump("pg_dumpall", &["--roles-only"], &file("_roles.sql"));
        source.dump("pg_dumpall", &["--schema-only"], &file("_schema.sql"));
        source.dump("pg_dumpall", &["--tablespaces-only"], &file("_tablespace.sql"));
        let target = Cluster::start(&home, "target");
        target.run("postgres", "ALTER ROLE pgadmin PASSWORD 'of the target'");
        tools(&home.join("bin"));
        let stage = Stage { target, home: folder };
        stage.program("az", AZ);
        for name in ["psql", "pg_restore", "createdb"] {
            let real = programs().join(name).display().to_string();
            stage
                .program(name, &CLIENT.replace("SOCKET", stage.target.socket.to_str().unwrap()).replace("REAL", &real));
        }
        stage
    }

    fn program(&self, name: &str, text: &str) {
        let path = self.home.0.join("bin").join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Pastes a command into a shell.
    fn paste(&self, command: &str) -> Ran {
        let mut bash = Command::new("bash");
        bash.args(["-c", command]).current_dir(self.home.0.join("work")).env_clear();
        bash.env("PATH", self.home.0.join("bin")).env("HOME", &self.home.0).env("LC_ALL", "C.UTF-8");
        bash.envs([("ITS_RESOURCE_GROUP", "rg-drill"), ("ALL_EXTENSIONS_WITH_COMMAS", "PG_TRGM,PGCRYPTO")]);
        let output = bash.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { well: output.status.success(), out: text(output.stdout), errors: text(output.stderr) }
    }

    /// The same; it has to go well without a word of complaint.
    #[track_caller]
    fn silently(&self, command: &str) -> String {
        let ran = self.paste(command);
        assert!(ran.well && ran.errors.is_empty(), "{command}\n{}", ran.errors);
        ran.out
    }

    fn called(&self) -> String {
        fs::read_to_string(self.home.0.join("called")).unwrap_or_default()
    }
}

fn book(server: &str, databases: &str, table: &str) -> Runbook {
    let text = str::to_string;
    let typed = Typed { server: text(server), login: text("pgadmin"), databases: text(databases), table: text(table) };
    Runbook::of(Some(CONTAINER), Some(PREFIX), Cloud::Public, &typed)
}

#[test]
fn what_is_printed_loads_what_azure_has_written() {
    let stage = Stage::new("all");
    let book = book("psql-orders-drill", &format!("orders, {ODD}"), "sales.order_items");
    assert_eq!(book.databases, ["orders", ODD]);
    let (orders, odd) = (Some("orders"), Some(ODD));

    // 1. The files.
    let files = stage.silently(&book.see());
    assert!(files.contains(&format!("{PREFIX}_database_orders.sql")) && files.contains("_tablespace.sql"), "{files}");

    let password = || stage.target.run("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'pgadmin'");
    let before = password();

    // 2. Roles: those of the source are there, what they may do and belong to as well; the login is as it was.
    stage.silently(&book.roles());
    let told = "SELECT string_agg(rolname || CASE WHEN rolpassword IS NULL THEN '' ELSE '*' END, ' ' ORDER BY rolname) FROM pg_authid WHERE rolname !~ '^pg_'";
    assert_eq!(
        stage.target.run("postgres", told),
        "app* app_owner azure_pg_admin azure_superuser azuresu oncall@contoso.com pgadmin* reader replication"
    );
    assert_eq!(password(), before, "whoever logs in goes on with the password that they have");
    let member = "SELECT pg_has_role('app', 'reader', 'member'), pg_has_role('pgadmin', 'app_owner', 'member')";
    assert_eq!(stage.target.run("postgres", member), "t|t");
    // A second time the server says what it has, and nothing else.
    let again = stage.paste(&book.roles());
    let complaints: Vec<&str> = again.errors.lines().filter(|line| !line.contains("already a member")).collect();
    assert!(complaints.len() == 4 && complaints.iter().all(|line| line.ends_with("already exists")), "{complaints:?}");

    // 3. and 4. The archives, and their extensions.
    assert_eq!(stage.silently(&book.archive(orders)), "pg_trgm\npgcrypto\n");
    assert_eq!(stage.silently(&book.archive(odd)), "");
    assert_eq!(stage.silently(&book.extensions()), "PG_TRGM\n");
    let set = "postgres flexible-server parameter set --name azure.extensions --resource-group rg-drill --server-name psql-orders-drill --value PG_TRGM,PGCRYPTO";
    assert!(stage.called().contains(set), "{}", stage.called());

    // 5. The databases.
    stage.silently(&book.load(orders));
    stage.silently(&book.load(odd));
    assert_eq!(stage.target.run(ODD, "SELECT one FROM t"), "1");
    let rows = "SELECT (SELECT count(*) FROM sales.customers), (SELECT count(*) FROM sales.order_items), (SELECT count(*) FROM sales.totals)";
    assert_eq!(stage.target.run("orders", rows), "100|1000|1000");
    let rights = "SELECT pg_get_userbyid(relowner), has_table_privilege('app', oid, 'select'), has_table_privilege('app', oid, 'insert') FROM pg_class WHERE relname = 'order_items'";
    assert_eq!(stage.target.run("orders", rights), "pgadmin|t|f");
    assert_eq!(
        stage.target.run("orders", "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension"),
        "pg_trgm pgcrypto plpgsql"
    );
    // A database that is there is left alone.
    let again = stage.paste(&book.load(orders));
    assert!(!again.well && again.errors.contains("already exists"), "{}", again.errors);
    assert_eq!(again.errors.lines().count(), 1, "nothing is loaded into it: {}", again.errors);

    // 6. Counted, without a word of what belongs to the server.
    let counted = stage.silently(&book.look(orders));
    let counts: Vec<&str> = counted.lines().filter(|line| line.contains("sales")).map(str::trim).collect();
    assert_eq!(
        counts,
        [
            "sales      | customers   |        100",
            "sales      | order_items |       1000",
            "sales      | order_notes |          3"
        ]
    );
}

#[test]
fn a_dropped_table_comes_back_alone_with_all_that_belongs_to_it() {
    let stage = Stage::new("table");
    let book = book("psql-orders-drill.postgres.database.azure.com", "orders", "sales.order_items");
    let orders = Some("orders");
    stage.silently(&book.roles());
    stage.silently(&book.archive(orders));
    stage.silently(&book.load(orders));
    stage.target.run("orders", "DROP TABLE sales.order_items CASCADE; UPDATE sales.customers SET name = 'newer'");
    let list = stage.silently(&book.contents(orders));
    assert!(list.contains("TABLE DATA sales order_items") && list.contains("INDEX sales order_items_sku"), "{list}");
    assert!(!list.contains("customers_pkey") && !list.contains("order_notes"), "{list}");
    stage.silently(&book.one_table(orders));
    let there = "SELECT (SELECT count(*) FROM sales.order_items), (SELECT count(*) FROM pg_indexes WHERE tablename = 'order_items'), (SELECT count(*) FROM pg_constraint WHERE conrelid = 'sales.order_items'::regclass), nextval('sales.order_items_id_seq'), col_description('sales.order_items'::regclass, 3), has_table_privilege('reader', 'sales.order_items', 'select'), (SELECT count(DISTINCT name) FROM sales.customers)";
    assert_eq!(stage.target.run("orders", there), "1000|2|3|1001|the shelf|t|1");
    // Where the table is, nothing is added to it, though no key would keep the rows from being there twice.
    let notes = self::book("psql-orders-drill", "orders", "sales.order_notes");
    stage.silently(&notes.contents(orders));
    let again = stage.paste(&notes.one_table(orders));
    assert!(!again.well && again.errors.contains("already exists"), "{}", again.errors);
    assert_eq!(stage.target.run("orders", "SELECT count(*) FROM sales.order_notes"), "3");
}

#[test]
fn what_is_not_known_stops_the_command_that_needs_it() {
    let stage = Stage::new("missing");
    let unknown = Runbook::of(None, None, Cloud::Public, &Typed::default());
    let commands = [
        unknown.see(),
        unknown.roles(),
        unknown.archive(None),
        unknown.load(None),
        unknown.one_table(None),
        unknown.look(None),
    ];
    for command in commands {
        let ran = stage.paste(&command);
        let names = ["STORAGE_ACCOUNT", "TYPE_THE_SERVER_ABOVE"];
        assert!(!ran.well && names.iter().any(|name| ran.errors.contains(name)), "{command}\n{}", ran.errors);
    }
    assert_eq!(stage.called(), "", "nothing was asked of Azure");
    // A fetch that fails, or a server that is not there, ends its step.
    let mistyped = book("psql-orders-dril", "orderz", "");
    let ran = stage.paste(&mistyped.archive(Some("orderz")));
    assert!(!ran.well || !ran.errors.is_empty());
    assert!(!ran.errors.contains("pg_restore"), "what was not fetched is not read: {}", ran.errors);
    let ran = stage.paste(&mistyped.roles());
    assert!(!ran.well && ran.errors.contains("connects to psql-orders-dril.postgres"), "{}", ran.errors);
}
