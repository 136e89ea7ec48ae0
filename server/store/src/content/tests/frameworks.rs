use domain::training::Need;
use domain::training::framework::{Competences, LineFault};

use super::*;

const TABLE: &str = "code,title,domain,need\n1,Listens,Core,essential\n2,\"Walks, slowly\",Core,desirable\n";

fn read(text: &str) -> Result<Competences, Vec<LineFault>> {
    read_framework(text.as_bytes(), &[Slug::parse("a-course").unwrap()])
}

fn lines(text: &[u8]) -> Vec<usize> {
    read_framework(text, &[]).unwrap_err().into_iter().map(|it| it.line).collect()
}

#[test]
fn a_table_is_read_whatever_the_spreadsheet_puts_between_and_in_front() {
    let plain = read(TABLE).unwrap();
    assert_eq!((plain.all()[1].title.as_str(), plain.all()[1].need), ("Walks, slowly", Need::Desirable));
    let semicolons = "\u{feff}Code;Title;Domain;Essential|desirable\r\n1;Listens;Core;Essential\r\n\r\n2;Walks, slowly;Core;Preferred\r\n;;;\r\n";
    assert_eq!(read(semicolons).unwrap(), plain);
    assert_eq!(
        read(&TABLE.replace("\"Walks, slowly\"", "Walks slowly").replace(',', "\t")).map(|it| it.all().len()),
        Ok(2)
    );
}

#[test]
fn what_was_saved_as_a_table_is_read_again() {
    let table = "code,title,domain,need,optional,parent,lived_experience,indicators,courses\n1.1,\"A \"\"b\"\"\",Core,essential,yes,1,yes,\"Asks\nWaits\",a-course\n1,Listens,,desirable,,,,,\n";
    let read_once = read(table).unwrap();
    assert_eq!(read_once.all()[0].indicators, ["Asks", "Waits"]);
    let saved = framework_csv(read_once.all()).unwrap();
    assert_eq!(read_framework(&saved, &[Slug::parse("a-course").unwrap()]).unwrap(), read_once);
}

#[test]
fn every_fault_of_a_table_is_told_at_its_line() {
    assert_eq!(lines(b"code,title,domain,need\n1,,Core,essential\n1,Listens,Core,often\n"), [2, 3, 3]);
    assert_eq!(
        lines(b"code,title,domain,need\r\n\r\n1,,,essential\r\n2,,,essential"),
        [3, 4],
        "as browsers send it"
    );
    assert_eq!(lines(b"code,title\n1,Listens\n"), [1, 1], "two columns are missing");
    assert_eq!(lines(b"code,title,domain,need,colour\n1,Listens,,essential,red\n"), [1]);
    assert_eq!(
        lines(b"code,title,domain,need\n1,Listens,Core,essential\n2,Caf\xe9,Core,essential\n"),
        [3],
        "Latin-1"
    );
    assert_eq!(lines(b"code,title,domain,need\n1,\"Listens\n and waits\",,essential\n2,,,essential\n"), [4]);
    assert_eq!(lines(b"code,title,domain,need,courses\n1,Listens,,essential,no-such\n"), [2]);
    for odd in [&b""[..], b" \n", b"PK\x03\x04\0\0", b"code,title,domain,need\n", b"{}", b"<svg/>"] {
        assert_eq!(lines(odd)[0], 1, "{odd:?}");
    }
}

#[test]
fn ten_thousand_rows_are_refused_in_a_sentence() {
    let row = |it: u32| format!("{it},Listens,Core,essential\n");
    let table: String =
        ["code,title,domain,need\n".to_owned()].into_iter().chain((0..10_000).map(row)).collect();
    let faults = read(&table).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].remedy.contains("1000 competences at most"), "{faults:?}");
}

#[test]
fn toml_is_read_and_its_faults_know_their_line() {
    let one =
        "[[competence]]\ncode = \"1\"\ntitle = \"Listens\"\nneed = \"essential\"\nindicators = [\"Asks\"]\n";
    assert_eq!(read(one).map(|it| it.all()[0].indicators.clone()), Ok(vec!["Asks".to_owned()]));
    assert_eq!(lines(format!("{one}{one}").as_bytes()), [7], "the same code twice");
    assert_eq!(lines(b"[[competence]]\ncode = 1\n"), [2]);
    assert_eq!(lines(b"[[competence]]\n[[["), [2]);
}

#[test]
fn what_comes_with_the_program_tells_of_faults_by_file_and_line() {
    let content = TempDir::new().unwrap();
    assert_eq!(read_frameworks(content.path(), &[]), Ok(Vec::new()), "there need be none");
    let folder = content.path().join("frameworks");
    fs::create_dir_all(&folder).unwrap();
    let text = "title = \"Ours\"\nsentence = \"For us.\"\nlicence = \"\"\n[[competence]]\ncode = \"1\"\ntitle = \"\"\nneed = \"essential\"\n";
    fs::write(folder.join("ours.toml"), text).unwrap();
    fs::write(folder.join("Not Good.toml"), "").unwrap();
    let faults = read_frameworks(content.path(), &[]).unwrap_err();
    assert_eq!(faults.iter().map(|it| it.line).collect::<Vec<_>>(), [0, 3, 5], "{faults:#?}");
}
