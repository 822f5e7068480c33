//! A PostgreSQL server for one test: made in a folder of its own, reached by a socket there, thrown away at the end.
//!
//! It has the roles that Azure gives every flexible server, and the administrator that its owner has chosen: no
//! superuser, as there.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// PostgreSQL refuses to run as root: then it runs as nobody.
const NOBODY: u32 = 65_534;

/// The roles of a flexible server, as PostgreSQL without Azure's changes can have them.
const AZURE: &str = "
    CREATE ROLE azure_pg_admin NOLOGIN CREATEROLE CREATEDB;
    CREATE ROLE azure_superuser NOLOGIN SUPERUSER;
    CREATE ROLE replication NOLOGIN REPLICATION;
    CREATE ROLE pgadmin LOGIN CREATEROLE CREATEDB;
    GRANT azure_pg_admin TO pgadmin WITH ADMIN OPTION;
";

pub struct Cluster {
    pub socket: PathBuf,
    data: PathBuf,
    /// Whether it runs as nobody, since this test runs as root.
    as_nobody: bool,
}

impl Cluster {
    /// Makes one below a folder, and starts it.
    pub fn start(home: &Path, name: &str) -> Cluster {
        let (socket, data) = (home.join(format!("{name}-socket")), home.join(name));
        let as_nobody = fs::metadata(home).unwrap().uid() == 0;
        for folder in [&socket, &data] {
            fs::create_dir_all(folder).unwrap();
            if as_nobody {
                chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        let cluster = Cluster { socket, data, as_nobody };
        let data = cluster.data.to_str().unwrap();
        // `azuresu` is Azure's own superuser.
        done(cluster.program("initdb").args([
            "-D",
            data,
            "-U",
            "azuresu",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]));
        let options =
            format!("-c listen_addresses='' -c fsync=off -c unix_socket_directories='{}'", cluster.socket.display());
        let log = cluster.data.join("log");
        done(cluster.program("pg_ctl").args(["-D", data, "-w", "-l", log.to_str().unwrap(), "-o", &options, "start"]));
        cluster.run("postgres", AZURE);
        cluster
    }

    /// Runs SQL as the superuser; gives what a query says, a line a row.
    #[track_caller]
    pub fn run(&self, database: &str, sql: &str) -> String {
        let mut psql = self.program("psql");
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "azuresu", "-d", database, "-c", sql]);
        String::from_utf8(done(psql.arg("-h").arg(&self.socket)).stdout).unwrap().trim().to_string()
    }

    /// One of PostgreSQL's own programs writes a file of this cluster.
    pub fn dump(&self, program: &str, arguments: &[&str], file: &Path) {
        let mut dump = self.program(program);
        let dumped = done(dump.args(["-U", "azuresu", "-h"]).arg(&self.socket).args(arguments)).stdout;
        fs::write(file, dumped).unwrap();
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(programs().join(name));
        command.env_clear().env("LC_ALL", "C.UTF-8").current_dir(&self.data);
        if self.as_nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.data.to_str().unwrap();
        let _ = self.program("pg_ctl").args(["-D", data, "-m", "immediate", "stop"]).output();
    }
}

/// Where PostgreSQL's programs are: the newest version that Debian has put there, or where its own tool says.
pub fn programs() -> PathBuf {
    let debian =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let told = || {
        let told = Command::new("pg_config").arg("--bindir").output().ok()?;
        Some(PathBuf::from(String::from_utf8(told.stdout).ok()?.trim()))
    };
    let mut found: Vec<PathBuf> = debian.chain(told()).filter(|folder| folder.join("initdb").exists()).collect();
    found.sort_by_key(|folder| version(folder));
    found.pop().expect("PostgreSQL’s server is missing: `.ci/tools.sh test` says how to get it")
}

fn version(folder: &Path) -> u32 {
    folder.parent().and_then(|version| version.file_name()?.to_str()?.parse().ok()).unwrap_or_default()
}

/// Runs a program that has to go well.
#[track_caller]
fn done(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A folder with the programs that a script needs besides PostgreSQL's and `az`.
pub fn tools(folder: &Path) {
    for name in ["bash", "cat", "cp", "grep", "ls", "sed"] {
        let found = std::env::var("PATH")
            .unwrap()
            .split(':')
            .map(|place| Path::new(place).join(name))
            .find(|path| path.exists());
        symlink(found.unwrap(), folder.join(name)).unwrap();
    }
}
