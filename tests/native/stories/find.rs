use super::story::Story;
#[test]
fn look() {
    let mut story = Story::demo("#/demo/find");
    story.wait(5);
    println!("{}", story.text());
    story.press("Read every vault instead");
    story.wait(1);
    println!("{}", story.text());
    story.wait(30);
    println!("{}\n{}", story.text(), story.told());
    story.type_into(pgflex_restore::app::Field::Search, "prod west protected");
    story.wait(30);
    println!("{}", story.text());
}
