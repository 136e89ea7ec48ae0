use super::*;

fn slug(number: usize) -> Slug {
    Slug::parse(&format!("course-{number}")).unwrap()
}

/// Course by course, what is recommended before each.
fn courses(before: &[&[usize]]) -> Recommended {
    let all = |it: &&[usize]| it.iter().map(|it| slug(*it)).collect();
    before.iter().enumerate().map(|(at, it)| (slug(at), all(it))).collect()
}

fn said(before: &[&[usize]]) -> Vec<String> {
    faults(&courses(before)).iter().map(ToString::to_string).collect()
}

#[test]
fn one_before_another_is_as_it_should_be() {
    assert_eq!(said(&[]), [""; 0]);
    assert_eq!(said(&[&[], &[0], &[0, 1], &[2, 2]]), [""; 0]);
}

#[test]
fn a_ring_is_named_from_one_course_to_the_next_and_round() {
    let says = "leave one of these out, because they go round in a ring: ";
    let once = format!("{says}`course-0` recommends `course-0`");
    assert_eq!(said(&[&[0]]), [once]);
    let thrice = "`course-0` recommends `course-2`, which recommends `course-1`, which recommends `course-0`";
    assert_eq!(said(&[&[2], &[0], &[1], &[0]]), [format!("{says}{thrice}")]);
}

#[test]
fn a_course_that_there_is_not_is_named() {
    let faults = faults(&courses(&[&[7], &[]]));
    assert_eq!(faults, [RecommendedFault::Unknown { course: slug(0), before: slug(7) }]);
    assert_eq!(faults[0].course(), Some(&slug(0)));
    assert!(faults[0].to_string().starts_with("there is no course `course-7`"));
}

/// Whether a course comes round to itself, told the slow way.
fn comes_round(courses: &Recommended) -> bool {
    let mut reached = courses.clone();
    for _ in courses {
        for before in reached.values_mut() {
            let further: Vec<_> = before.iter().filter_map(|it| courses.get(it)).flatten().cloned().collect();
            before.extend(further);
            before.sort();
            before.dedup();
        }
    }
    reached.iter().any(|(course, before)| before.contains(course))
}

#[test]
fn of_all_ways_to_recommend_three_courses_those_with_a_ring_are_refused_and_no_others() {
    for edges in 0..1_u32 << 9 {
        let before = |at: usize| (0..3).filter(|it| edges >> (at * 3 + it) & 1 == 1).map(slug).collect();
        let courses: Recommended = (0..3).map(|at| (slug(at), before(at))).collect();
        let faults = faults(&courses);
        assert_eq!(faults.is_empty(), !comes_round(&courses), "{courses:?}");
        let mut named = BTreeSet::new();
        for fault in faults {
            let RecommendedFault::Ring(ring) = fault else { panic!("{fault:?}") };
            for (at, course) in ring.iter().enumerate() {
                let next = &ring[(at + 1) % ring.len()];
                assert!(courses[course].contains(next), "{ring:?} in {courses:?}");
                assert!(named.insert(course.clone()), "named once: {ring:?} in {courses:?}");
            }
        }
    }
}

#[test]
fn a_hundred_thousand_courses_in_a_row_or_a_ring_are_no_trouble() {
    let many = 100_000;
    let mut row: Recommended = (1..many).map(|at| (slug(at), vec![slug(at - 1)])).collect();
    row.insert(slug(0), Vec::new());
    assert!(faults(&row).is_empty());
    row.insert(slug(0), vec![slug(many - 1)]);
    let [RecommendedFault::Ring(ring)] = &*faults(&row) else { panic!("one ring") };
    assert_eq!(ring.len(), many);
    let said = RecommendedFault::Ring(ring.clone()).to_string();
    assert!(said.contains("others, 100000 in all, which recommends") && said.len() < 500, "{said}");
}

#[test]
fn what_somebody_might_like_next_is_what_is_recommended_after_what_they_finished() {
    let courses = courses(&[&[], &[0], &[1, 0], &[1]]);
    let set = |all: &[usize]| all.iter().map(|it| slug(*it)).collect::<BTreeSet<_>>();
    let next = |finished: &[usize], taken: &[usize]| {
        next(&courses, &set(finished), &set(taken))
            .into_iter()
            .map(|it| (it.0.clone(), it.1.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(next(&[], &[]), []);
    assert_eq!(next(&[0], &[0]), [(slug(1), slug(0)), (slug(2), slug(0))]);
    assert_eq!(next(&[0], &[0, 1, 2]), [], "what they have taken up they know");
    assert_eq!(next(&[0, 1], &[0, 1]), [(slug(2), slug(1)), (slug(3), slug(1))]);
}
