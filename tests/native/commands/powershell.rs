//! A restore for PowerShell, read as PowerShell reads it: cmdlets and parameters are known ones, and what they are given
//! makes exactly the request.

use super::known::{CMDLETS, Cmdlet};
use super::restore::{IDENTITY, body, every_shape, request};
use crate::azure::{arm, instance};
use pgflex_restore::commands::{Restore, Script};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What PowerShell takes for a single quote (`CharTraits`, `CharExtensions.IsSingleQuote`).
const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// Between single quotes: as it reads.
    Literal(String),
    /// `$vault`, `$false`
    Variable(String),
    /// `@vault`
    Splat(String),
    /// `-Name`
    Parameter(String),
    /// A cmdlet, a member, a number.
    Word(String),
    Sign(char),
    Line,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut rest = text.chars().peekable();
    let word = |rest: &mut std::iter::Peekable<std::str::Chars<'_>>| {
        let mut word = String::new();
        while let Some(c) = rest.next_if(|c| c.is_alphanumeric() || "-_".contains(*c)) {
            word.push(c);
        }
        word
    };
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        match c {
            '\n' => all.push(Token::Line),
            ' ' => {}
            '#' => while rest.next_if(|c| *c != '\n').is_some() {},
            '$' => all.push(Token::Variable(word(&mut rest))),
            '@' if next.is_alphabetic() => all.push(Token::Splat(word(&mut rest))),
            '-' if next.is_alphabetic() => all.push(Token::Parameter(word(&mut rest))),
            _ if QUOTES.contains(&c) => {
                let mut literal = String::new();
                loop {
                    let c = rest.next().expect("a literal ends");
                    // Twice is once.
                    if QUOTES.contains(&c) && rest.next_if(|c| QUOTES.contains(c)).is_none() {
                        break;
                    }
                    literal.push(c);
                }
                all.push(Token::Literal(literal));
            }
            _ if c.is_alphanumeric() => {
                all.push(Token::Word(format!("{c}{}", word(&mut rest))));
            }
            _ if "@{}()[]&.=;-".contains(c) => all.push(Token::Sign(c)),
            other => panic!("{other:?} is nothing that is looked for in {text}"),
        }
    }
    all
}

type Given = BTreeMap<String, Token>;

/// The tables by name, and every cmdlet with what it is given, the members of a table among it.
fn read(text: &str) -> Vec<(&'static Cmdlet, Given)> {
    let tokens = tokens(text);
    let mut tables: BTreeMap<String, Given> = BTreeMap::new();
    let mut calls = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let rest = &tokens[at + 1..];
        match (token, rest) {
            (Token::Variable(name), [Token::Sign('='), Token::Sign('@'), Token::Sign('{'), Token::Line, rest @ ..]) => {
                let mut table = Given::new();
                for line in rest.split(|token| *token == Token::Line) {
                    let [Token::Word(key), Token::Sign('='), value] = line else {
                        assert_eq!(line, [Token::Sign('}')], "the table ends");
                        break;
                    };
                    assert!(table.insert(key.clone(), value.clone()).is_none(), "{key} twice");
                }
                tables.insert(name.clone(), table);
            }
            (Token::Word(word), _) if word.contains('-') => {
                let cmdlet = CMDLETS.iter().find(|cmdlet| cmdlet.name == word);
                let cmdlet = cmdlet.unwrap_or_else(|| panic!("no cmdlet: {word}"));
                let mut given = Given::new();
                let mut rest = rest.iter();
                while let Some(token) = rest.next() {
                    match token {
                        Token::Splat(name) => given.extend(tables[name].clone()),
                        Token::Parameter(name) => {
                            let value = rest.next().unwrap().clone();
                            assert!(given.insert(name.clone(), value).is_none(), "{name} twice");
                        }
                        _ => break,
                    }
                }
                // Every cmdlet takes it.
                let stops = given.remove("ErrorAction");
                assert!(stops.is_none_or(|how| how == Token::Literal("Stop".to_string())));
                for name in given.keys() {
                    assert!([cmdlet.needs, cmdlet.takes].concat().contains(&name.as_str()), "{word} takes no {name}");
                }
                for name in cmdlet.needs {
                    assert!(given.contains_key(*name), "{word} needs {name}");
                }
                calls.push((cmdlet, given));
            }
            _ => {}
        }
    }
    calls
}

fn literal(given: &Given, name: &str) -> Value {
    match given.get(name) {
        Some(Token::Literal(text)) => json!(text),
        other => panic!("{name}: {other:?}"),
    }
}

/// The request that `Initialize-AzDataProtectionRestoreRequest` makes of what it is given, and the module sends.
fn made(given: &Given) -> Value {
    let text = |name| literal(given, name);
    assert_eq!(text("DatasourceType"), "AzureDatabaseForPostgreSQL", "takes a prefix in every release");
    assert_eq!(text("RestoreType"), "RestoreAsFiles");
    let mut request = json!({
        "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
        "recoveryPointId": text("RecoveryPoint"),
        "sourceDataStoreType": text("SourceDataStore"),
        "restoreTargetInfo": {
            "objectType": "RestoreFilesTargetInfo",
            "recoveryOption": "FailIfExists",
            "restoreLocation": text("RestoreLocation"),
            "targetDetails": {
                "filePrefix": text("FileNamePrefix"),
                "restoreTargetLocationType": "AzureBlobs",
                "url": text("TargetContainerURI"),
            },
        },
    });
    if given.contains_key("TargetResourceIdForRestoreAsFile") {
        request["restoreTargetInfo"]["targetDetails"]["targetResourceArmId"] = text("TargetResourceIdForRestoreAsFile");
    }
    if given.contains_key("UserAssignedIdentityArmId") {
        assert_eq!(given["UseSystemAssignedIdentity"], Token::Variable("false".to_string()));
        request["identityDetails"] = json!({
            "useSystemAssignedIdentity": false,
            "userAssignedIdentityArmUrl": text("UserAssignedIdentityArmId"),
        });
    }
    request
}

#[test]
fn powershell_is_given_exactly_the_request() {
    for (arm, instance, request) in every_shape() {
        let Script { start, follow } = Restore::of(arm, &instance, &request).unwrap().powershell();
        let calls = read(&format!("{start}\n{follow}"));
        let names: Vec<&str> = calls.iter().map(|(cmdlet, _)| cmdlet.name).collect();
        assert_eq!(
            names,
            [
                "Initialize-AzDataProtectionRestoreRequest",
                "Test-AzDataProtectionBackupInstanceRestore",
                "Start-AzDataProtectionBackupInstanceRestore",
                "Get-AzDataProtectionJob",
                "Start-Sleep"
            ]
        );
        assert_eq!(made(&calls[0].1), body(arm, &instance, &request));
        let vault = &instance.vault;
        for (at, by) in [(1, Some("Name")), (2, Some("BackupInstanceName")), (3, None)] {
            let given = &calls[at].1;
            assert_eq!(literal(given, "SubscriptionId"), vault.subscription.as_str());
            assert_eq!(literal(given, "ResourceGroupName"), vault.group.as_str());
            assert_eq!(literal(given, "VaultName"), vault.name.as_str());
            if let Some(by) = by {
                assert_eq!(literal(given, by), instance.name.as_str());
            }
        }
        let request = Token::Variable("request".to_string());
        assert_eq!((&calls[1].1["RestoreRequest"], &calls[2].1["Parameter"]), (&request, &request));
    }
}

/// What is pasted is read statement by statement, so what follows a failure would be run: but not within a block that
/// stops at the first one.
#[test]
fn what_azure_refuses_in_its_check_powershell_does_not_start() {
    let start = Restore::of(arm(), &instance(), &request()).unwrap().powershell().start;
    let (before, block) = start.split_once("$job = & {\n").unwrap();
    assert!(before.contains("ErrorAction = 'Stop'") && !before.contains("Restore @"), "{before}");
    let (block, after) = block.split_once("\n}\n").unwrap();
    assert!(block.starts_with("  $ErrorActionPreference = 'Stop'\n"), "{block}");
    let test = block.find("Test-AzDataProtectionBackupInstanceRestore @vault").unwrap();
    let start = block.find("Start-AzDataProtectionBackupInstanceRestore @vault").unwrap();
    assert!(test < start && after == "$job", "{block}");
}

#[test]
fn powershell_is_read_as_powershell_reads_it() {
    let read = |text: &str| tokens(text);
    assert_eq!(read("'a''b'"), [Token::Literal("a'b".to_string())]);
    assert_eq!(read("'a$b`n'"), [Token::Literal("a$b`n".to_string())]);
    // A curly quote ends a literal, as a straight one does.
    assert_eq!(read("'a\u{2019}@v"), [Token::Literal("a".to_string()), Token::Splat("v".to_string())]);
    assert_eq!(read("# it's\n$x -eq 'y'").len(), 4);
    assert!(IDENTITY.contains('('), "what a shell reads is in quotes");
}
