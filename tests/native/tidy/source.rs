//! Reads Rust sources as far as tidiness needs it: what is code, and which paths it names.

use std::collections::BTreeSet;
use std::path::PathBuf;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A source file: its path from the root, its module's path, its text, and its text without comments and literals.
pub struct Source {
    pub path: String,
    pub module: Vec<String>,
    pub text: String,
    pub code: String,
}

impl Source {
    pub fn read(path: &str) -> Self {
        let text = std::fs::read_to_string(root().join(path)).unwrap();
        Source::of(path, text)
    }

    pub fn of(path: &str, text: String) -> Self {
        let inner = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
        let mut module: Vec<String> = inner.split('/').map(str::to_string).collect();
        if module.len() > 1 && module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        let code = bare(&text);
        Source { path: path.to_string(), module, text, code }
    }

    pub fn within(&self, places: &[&str]) -> bool {
        places.contains(&self.module[0].as_str())
    }

    /// Every path that it names which begins at the crate's root, above itself, or with the name of a crate.
    pub fn imports(&self) -> BTreeSet<Vec<String>> {
        let mut found = BTreeSet::new();
        let tokens = tokens(&self.code);
        let mut at = 0;
        while at < tokens.len() {
            let begins = at == 0 || tokens[at - 1] != "::";
            if begins && is_name(&tokens[at]) {
                let used = if tokens[at] == "use" { at + 1 } else { at };
                let mut end = used;
                expand(&tokens, &mut end, Vec::new(), &mut found);
                at = end.max(at + 1);
            } else {
                at += 1;
            }
        }
        // `a::{self}` names `a`.
        let named = |mut path: Vec<String>| {
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            path
        };
        let whole = |path: &Vec<String>| path.len() > 1 || path[0] == "pgflex_restore";
        found
            .into_iter()
            .filter(|path| path.len() > 1)
            .map(named)
            .filter(whole)
            .map(|path| self.resolved(path))
            .collect()
    }

    /// A path from the crate's root, `crate` first, or from an outside crate.
    fn resolved(&self, path: Vec<String>) -> Vec<String> {
        // `main` and `lib` are roots; what is above another file's module is its folder.
        let mut above = if self.within(&["main", "lib"]) { Vec::new() } else { self.module.clone() };
        let mut rest = path.as_slice();
        match path[0].as_str() {
            "crate" | "pgflex_restore" => above.clear(),
            "self" => {}
            "super" => {
                while rest.first().is_some_and(|first| first == "super") {
                    above.pop();
                    rest = &rest[1..];
                }
                return [vec!["crate".to_string()], above, rest.to_vec()].concat();
            }
            _ => return path,
        }
        rest = &rest[1..];
        [vec!["crate".to_string()], above, rest.to_vec()].concat()
    }
}

pub fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::`, and every other mark on its own.
pub fn tokens(code: &str) -> Vec<String> {
    let chars: Vec<char> = code.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let name = |c: char| c.is_alphanumeric() || c == '_';
        if name(chars[at]) {
            let end = (at..chars.len()).find(|i| !name(chars[*i])).unwrap_or(chars.len());
            tokens.push(chars[at..end].iter().collect());
            at = end;
        } else if chars[at] == ':' && chars.get(at + 1) == Some(&':') {
            tokens.push("::".into());
            at += 2;
        } else {
            if !chars[at].is_whitespace() {
                tokens.push(chars[at].to_string());
            }
            at += 1;
        }
    }
    tokens
}

/// Reads `a::b::{c, d::e}` from a token on into the paths that it names.
fn expand(tokens: &[String], at: &mut usize, mut path: Vec<String>, found: &mut BTreeSet<Vec<String>>) {
    loop {
        match tokens.get(*at).map(String::as_str) {
            Some("{") => {
                *at += 1;
                while tokens.get(*at).is_some_and(|token| token != "}") {
                    let before = *at;
                    expand(tokens, at, path.clone(), found);
                    if tokens.get(*at).is_some_and(|token| token == ",") || *at == before {
                        *at += 1;
                    }
                }
                *at += 1;
                return;
            }
            Some("*") => {
                *at += 1;
                found.insert(path);
                return;
            }
            Some(token) if is_name(token) => {
                path.push(token.to_string());
                *at += 1;
                if tokens.get(*at).map(String::as_str) != Some("::") {
                    // `as another` renames what was named.
                    if tokens.get(*at).is_some_and(|token| token == "as") {
                        *at += 2;
                    }
                    found.insert(path);
                    return;
                }
                *at += 1;
            }
            // `Vec::<T>` and the like.
            _ => {
                found.insert(path);
                return;
            }
        }
    }
}

/// The text with comments and the insides of literals blanked: what they say is not code.
fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let starts = |at: usize, what: &str| what.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    while at < chars.len() {
        let end = if starts(at, "//") {
            (at..chars.len()).find(|i| chars[*i] == '\n').unwrap_or(chars.len())
        } else if starts(at, "/*") {
            let mut depth = 0;
            let mut end = at;
            loop {
                if starts(end, "/*") {
                    depth += 1;
                    end += 2;
                } else if starts(end, "*/") {
                    depth -= 1;
                    end += 2;
                } else {
                    end += 1;
                }
                if depth == 0 || end >= chars.len() {
                    break end.min(chars.len());
                }
            }
        } else if let Some(hashes) = raw_string(&chars, at) {
            let close: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let from = at + 2 + hashes;
            (from..chars.len()).find(|i| starts(*i, &close)).map_or(chars.len(), |i| i + close.len())
        } else if chars[at] == '"' {
            let mut end = at + 1;
            while end < chars.len() && chars[end] != '"' {
                end += if chars[end] == '\\' { 2 } else { 1 };
            }
            (end + 1).min(chars.len())
        } else if chars[at] == '\'' && (chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'')) {
            let from = if chars.get(at + 1) == Some(&'\\') { at + 3 } else { at + 2 };
            (from..chars.len()).find(|i| chars[*i] == '\'').map_or(chars.len(), |i| i + 1)
        } else {
            out.push(chars[at]);
            at += 1;
            continue;
        };
        // A mark stays, so that what stood on both sides does not become one word.
        out.push(' ');
        out.extend(chars[at..end].iter().filter(|c| **c == '\n'));
        at = end;
    }
    out
}

/// How many `#` a raw string that begins here has.
fn raw_string(chars: &[char], at: usize) -> Option<usize> {
    let inside_a_name = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_') && chars[at - 1] != 'b';
    if chars[at] != 'r' || inside_a_name {
        return None;
    }
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}

/// The files below a folder, as paths from the root, in order; folders of other tools and of builds left out.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().to_string();
            if path.is_dir() {
                if ![".git", ".tools", "dist", "node_modules", "target"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name != ".git" {
                found.push(path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

pub fn sources() -> Vec<Source> {
    let sources: Vec<Source> =
        files("src").iter().filter(|path| path.ends_with(".rs")).map(|p| Source::read(p)).collect();
    assert!(sources.len() > 20, "only {} sources were found", sources.len());
    sources
}
