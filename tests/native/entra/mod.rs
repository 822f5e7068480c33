//! `hosting/entra`: what registers the app and what gives people their roles. The scripts are run with a stand-in for the
//! Azure CLI, and each of their commands is held to what that takes; Bicep and Terraform are read by their grammars.

mod guide;
mod needs;
mod register;
mod roles;
mod same;
mod tree;

pub use needs::hold;

use crate::commands::known;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

const AZ: &str = include_str!("az.sh");

/// The hosts that a cloud's `az` knows: Microsoft Graph's, where people sign in, and Azure Resource Manager's.
struct Cloud {
    graph: &'static str,
    login: String,
    arm: String,
    /// What some of them end with.
    slash: &'static str,
}

impl Default for Cloud {
    fn default() -> Self {
        let host = |host: &str| format!("https://{host}");
        let public = pgflex_restore::azure::cloud::Cloud::Public;
        Cloud {
            graph: "https://graph.microsoft.com",
            login: host(public.login_host()),
            arm: host(public.arm_host()),
            slash: "/",
        }
    }
}

/// A folder with a stand-in for `az`, and what it keeps between two runs.
struct Shell {
    folder: PathBuf,
    cloud: Cloud,
}

/// What a run has said and asked.
#[derive(Debug)]
struct Ran {
    went_well: bool,
    out: String,
    err: String,
    asked: Vec<Vec<String>>,
    bodies: String,
}

impl Shell {
    fn new() -> Shell {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("entra-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(folder.join("bin")).unwrap();
        let shell = Shell { folder, cloud: Cloud::default() };
        shell.program("az", AZ);
        // Nobody waits.
        shell.program("sleep", "#!/bin/sh\n");
        // As in a release.
        std::os::unix::fs::symlink(hosting(), shell.folder.join("entra")).unwrap();
        shell
    }

    fn program(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.folder.join("bin").join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Something that the stand-in knows.
    fn keep(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }

    /// Runs a script of `hosting/entra`.
    fn run(&self, script: &str, arguments: &[&str]) -> Ran {
        let path = hosting().join(script);
        self.bash(&[&[path.to_str().unwrap()], arguments].concat())
    }

    /// What comes of a bash, with what was asked on the way. Every command is one that the Azure CLI takes.
    fn bash(&self, arguments: &[&str]) -> Ran {
        for left in ["asked", "bodies", "config.json"] {
            std::fs::remove_file(self.folder.join(left)).ok();
        }
        let path = format!("{}:{}", self.folder.join("bin").display(), std::env::var("PATH").unwrap());
        let ran = Command::new("bash")
            .args(arguments)
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("STATE", &self.folder)
            .env("TMPDIR", &self.folder)
            .env("GRAPH_IS", self.cloud.graph)
            .env("LOGIN_IS", &self.cloud.login)
            .env("ARM_IS", &self.cloud.arm)
            .env("SLASH", self.cloud.slash)
            .output()
            .unwrap();
        let read = |line: &str| line.trim_end_matches('\0').split('\0').map(str::to_string).collect();
        let asked: Vec<Vec<String>> = self.read("asked").lines().map(read).collect();
        for words in &asked {
            known::read(words);
        }
        Ran {
            went_well: ran.status.success(),
            out: String::from_utf8(ran.stdout).unwrap(),
            err: String::from_utf8(ran.stderr).unwrap(),
            asked,
            bodies: self.read("bodies"),
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Ran {
    /// What was asked, each in a line, by what matters: of `rest`, its method and path.
    fn told(&self) -> String {
        let line = |words: &Vec<String>| {
            let (command, options) = known::read(words);
            let of = |name: &str| options.get(name).map_or("", |values| values[0].as_str());
            let rest = match command {
                "rest" => format!("{} {}", of("--method"), of("--url").split("/v1.0/").nth(1).unwrap_or(of("--url"))),
                "cloud show" | "account show" | "account list" => of("--query").to_string(),
                "role assignment create" => {
                    format!("{} {} {}", of("--role"), of("--assignee-principal-type"), of("--scope"))
                }
                "role definition list" => format!("{} {}", of("--name"), of("--scope")),
                _ => String::new(),
            };
            format!("{command} {rest}").trim_end().to_string() + "\n"
        };
        self.asked.iter().map(line).collect()
    }

    /// How often `rest` was asked to change something.
    fn writes(&self) -> usize {
        let told = self.told();
        told.lines().filter(|line| line.starts_with("rest ") && !line.starts_with("rest get ")).count()
    }
}

fn hosting() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hosting/entra")
}

fn file(name: &str) -> String {
    std::fs::read_to_string(hosting().join(name)).unwrap()
}
