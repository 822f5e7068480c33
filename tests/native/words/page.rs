//! Sentences that count, or that name what Azure may leave out.

use pgflex_restore::words::page::{not_a_restore, others, reading};

#[test]
fn one_backup_of_another_kind_is_one() {
    assert_eq!(others(1), "1 backup of another kind (such as a disk or blobs) is not shown.");
    assert_eq!(others(2), "2 backups of other kinds (such as disks or blobs) are not shown.");
}

#[test]
fn a_list_on_its_way_says_how_much_of_it_there_is() {
    assert_eq!(reading("recovery points", 0), "Reading recovery points…");
    assert_eq!(reading("recovery points", 1), "Reading recovery points… 1 so far.");
    assert_eq!(reading("recovery points", 1_200), "Reading recovery points… 1\u{202f}200 so far.");
}

#[test]
fn a_job_of_another_kind_is_called_as_azure_calls_it() {
    assert_eq!(not_a_restore("Backup"), "This job is not a restore: Backup");
    assert_eq!(not_a_restore("ConfigureProtection"), "This job is not a restore: ConfigureProtection");
    assert_eq!(not_a_restore(""), "This job is not a restore");
}
