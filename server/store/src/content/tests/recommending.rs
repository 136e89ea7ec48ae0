//! Courses that are recommended before others, and pathways through several.

use super::*;

/// A folder of courses, each with what is recommended before it.
fn content(courses: &[(&str, &[&str])]) -> TempDir {
    let content = TempDir::new().unwrap();
    for (slug, before) in courses {
        let folder = content.path().join("courses").join(slug);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("course.toml"), format!("{OUTLINE}recommended_before = {before:?}\n")).unwrap();
        fs::write(folder.join("01-first.md"), lesson("")).unwrap();
    }
    content
}

fn course_faults(courses: &[(&str, &[&str])]) -> Vec<String> {
    let faults = read_courses(content(courses).path()).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_course_may_be_recommended_before_another() {
    let content = content(&[("one", &[]), ("two", &["one"])]);
    let courses = read_courses(content.path()).unwrap();
    let before = read_course(&courses[1]).unwrap().outline.recommended_before;
    assert_eq!(before, [Slug::parse("one").unwrap()]);
}

#[test]
fn a_ring_of_recommended_courses_is_refused_at_its_line() {
    let faults = course_faults(&[("one", &["two"]), ("three", &["one"]), ("two", &["three"])]);
    let says = "`one` recommends `two`, which recommends `three`, which recommends `one`";
    assert!(faults.len() == 1 && faults[0].contains(says), "{faults:#?}");
    assert!(faults[0].starts_with("content/courses/one/course.toml:9: "), "{faults:#?}");
    let faults = course_faults(&[("one", &["one"])]);
    assert!(faults.len() == 1 && faults[0].ends_with("`one` recommends `one`"), "{faults:#?}");
}

#[test]
fn what_is_recommended_before_a_course_is_one_that_there_is() {
    let faults = course_faults(&[("one", &["another"])]);
    assert!(faults[0].contains("course.toml:9: there is no course `another`"), "{faults:#?}");
    let faults = course_faults(&[("one", &["../another"])]);
    assert!(faults[0].contains("course.toml:9: use lower-case letters"), "{faults:#?}");
    let faults = course_faults(&[("one", &["two", "three", "four", "five"])]);
    assert!(faults[0].contains("course.toml:9: recommend at most 3"), "{faults:#?}");
}

/// The faults of a pathway in a place with the courses `one` and `two`.
fn pathway_faults(name: &str, text: &str) -> Vec<String> {
    let content = content(&[("one", &[]), ("two", &[])]);
    let courses = read_courses(content.path()).unwrap();
    assert_eq!(read_pathways(content.path(), &courses), Ok(Vec::new()), "there need be none");
    fs::create_dir(content.path().join("pathways")).unwrap();
    fs::write(content.path().join("pathways").join(name), text).unwrap();
    let faults = read_pathways(content.path(), &courses).err().unwrap_or_default();
    let told = faults.iter().map(ToString::to_string);
    told.map(|it| it.rsplit_once("pathways/").unwrap().1.to_owned()).collect()
}

#[test]
fn a_pathway_leads_through_courses_that_there_are() {
    let good =
        "title = \"There\"\nsentence = \"Two.\"\nsource = \"Somebody\"\ncourses = [\"one\", \"two\"]\n";
    assert_eq!(pathway_faults("there.toml", good), [""; 0]);
    let told = pathway_faults("there.toml", &good.replace("two\"", "three\""));
    assert!(told.len() == 1 && told[0].starts_with("there.toml:4: there is no course `three`"), "{told:?}");
    let told = pathway_faults("there.toml", &good.replace("two\"", "one\""));
    assert_eq!(told, ["there.toml:4: name `one` once"]);
    let told = pathway_faults("there.toml", &good.replace("There", " ").replace("\"one\", \"two\"", ""));
    assert_eq!(told, ["there.toml:1: write something here", "there.toml:4: name 1 to 12 courses"]);
    let told = pathway_faults("there.toml", &good.replace("source", "sauce"));
    assert!(told[0].starts_with("there.toml:3: unknown field `sauce`"), "{told:?}");
    assert!(pathway_faults("Over there.md", good)[0].contains("name the file like"));
}
