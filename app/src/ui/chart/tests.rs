use super::*;

fn said(caption: &str) -> Said {
    Said {
        id: "one".into(),
        caption: caption.into(),
        tells: "From <1> to 2.".into(),
        figures: Figures::default(),
    }
}

#[test]
fn what_people_wrote_stays_text_in_a_drawing() {
    let mut drawing = Drawing::new(10, 10);
    drawing.text("axis", (1, 2), Side::Before, "</text><script>");
    let svg = drawing.svg(&said("A </title><b>goal"));
    assert!(!svg.contains("<script>") && !svg.contains("<b>"), "{svg}");
    assert!(svg.contains("<title id=\"one-title\">A &lt;/title&gt;&lt;b&gt;goal</title>"), "{svg}");
    assert!(svg.contains("From &lt;1&gt; to 2.</desc>"), "{svg}");
}

#[test]
fn a_line_goes_through_its_points_and_days_stand_as_far_apart_as_they_are() {
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    let svg = line::draw(&[(day(1), 0), (day(2), 10), (day(11), 5)], 10).svg(&said("A goal"));
    assert!(svg.contains(r#"<path class="run" d="M48 156L79 18L362 87"/>"#), "{svg}");
    assert!(svg.contains(">1 Nov 26<") && svg.contains(">11 Nov 26<"), "{svg}");
}

#[test]
fn a_line_bears_no_point_one_and_what_is_beyond_the_top() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    assert!(!line::draw(&[], 10).svg(&said("A goal")).contains("run"));
    for value in [0, 10, 11, u32::MAX] {
        assert!(line::draw(&[(day, value)], 10).svg(&said("A goal")).contains("run"));
    }
    assert!(line::draw(&[(day, 1)], 0).svg(&said("A goal")).contains("run"));
}

#[test]
fn bars_are_as_long_as_their_figures_and_carry_them() {
    let periods = [("Autumn <2026>".to_owned(), [10, 5]), ("Spring 2027".to_owned(), [0, u32::MAX])];
    let svg = bars::draw(&periods[..1], ["taken", "finished"]).svg(&said("Places"));
    assert!(svg.contains(r#"x="0" y="22" width="250""#) && svg.contains(r#"y="44" width="125""#), "{svg}");
    assert!(
        svg.contains(">10 taken<") && svg.contains(">5 finished<") && svg.contains("Autumn &lt;2026&gt;"),
        "{svg}"
    );
    let svg = bars::draw(&periods, ["taken", "finished"]).svg(&said("Places"));
    assert!(
        svg.contains(r#"width="2" height"#) && svg.contains(r#"width="0""#),
        "what is not nothing is seen: {svg}"
    );
    assert!(bars::draw(&[], ["a", "b"]).svg(&said("Nothing")).contains("viewBox=\"0 0 400 0\""));
}
