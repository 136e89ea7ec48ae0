//! Where somebody is in a course, as its pages show it.

use std::sync::Arc;

use domain::course::Slug;
use store::content::{Course, Lesson, Question};
use store::learning::InLesson;

/// Where somebody is in a course. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    course: Arc<Course>,
    /// Where its lessons are.
    lessons: Arc<str>,
    /// Where the page about it is.
    overview: Arc<str>,
    /// The place of the lesson that is open, counted from nought.
    at: usize,
    /// For each lesson, whether it has been finished.
    finished: Arc<[bool]>,
    /// Whether the lesson that is open has been read.
    is_read: bool,
    /// For each of its check questions, whether it has been tried.
    tried: Arc<[bool]>,
}

impl Way {
    pub(super) fn through(
        course: Arc<Course>,
        finished: &[String],
        (lesson, in_lesson): (&Slug, &InLesson),
    ) -> Option<Self> {
        let (number, lesson) = course.lesson(lesson)?;
        let is_finished = |it: &Lesson| finished.iter().any(|name| name == it.slug.as_str());
        let all = course.lessons.iter().map(is_finished).collect::<Arc<[bool]>>();
        let tried = lesson.questions().map(|it| in_lesson.tried.contains_key(&it.id)).collect();
        let is_read = in_lesson.is_read || all[number - 1];
        let lessons = format!("/learn/{}", course.slug).into();
        let overview = format!("/courses/{}", course.slug).into();
        Some(Self { at: number - 1, finished: all, is_read, tried, course, lessons, overview })
    }

    /// The way of somebody who looks at a course before there are learners: it begins anew at every lesson, and its
    /// pages are at `root`.
    pub(crate) fn in_preview(course: Arc<Course>, lesson: &Slug, root: &str) -> Option<Self> {
        let way = Self::through(course, &[], (lesson, &InLesson::default()))?;
        Some(Self { lessons: root.into(), overview: root.into(), ..way })
    }

    /// Where the page about the course is.
    pub(super) fn overview(&self) -> &str {
        &self.overview
    }

    /// The place of the lesson that is open, counted from one.
    pub(super) const fn number(&self) -> usize {
        self.at + 1
    }

    /// Everything that the page depends on, besides the course: which lesson it is, which have been finished, and
    /// what has been done in this one. It is the same for everybody who is as far.
    pub(super) fn key(&self) -> String {
        let marks = |of: &[bool]| of.iter().map(|it| if *it { 'x' } else { '-' }).collect::<String>();
        let read = if self.is_read { "read" } else { "" };
        let path = self.path(&self.lesson().slug);
        format!("{path}?{}&{read}&{}", marks(&self.finished), marks(&self.tried))
    }

    pub(super) fn course(&self) -> &Course {
        &self.course
    }

    pub(crate) fn lesson(&self) -> &Lesson {
        &self.course.lessons[self.at]
    }

    /// Each lesson, and whether it has been finished.
    pub(super) fn lessons(&self) -> impl Iterator<Item = (&Lesson, bool)> {
        self.course.lessons.iter().zip(self.finished.iter().copied())
    }

    pub(super) fn how_many_finished(&self) -> usize {
        self.finished.iter().filter(|it| **it).count()
    }

    pub(super) fn has_finished_all(&self) -> bool {
        self.how_many_finished() == self.finished.len()
    }

    /// Whether the lesson that is open has been read, with or without its checks.
    pub(super) const fn is_read(&self) -> bool {
        self.is_read
    }

    pub(super) fn is_finished(&self) -> bool {
        self.finished[self.at]
    }

    /// Each question of the lesson that is open, and whether it has been tried.
    pub(super) fn questions(&self) -> impl Iterator<Item = (&Question, bool)> {
        self.lesson().questions().zip(self.tried.iter().copied())
    }

    pub(super) fn how_many_untried(&self) -> usize {
        self.tried.iter().filter(|it| !**it).count()
    }

    pub(crate) fn next(&self) -> Option<&Lesson> {
        self.course.lessons.get(self.number())
    }

    /// Where a lesson of the course is.
    pub(crate) fn path(&self, slug: &Slug) -> String {
        format!("{}/{slug}", self.lessons)
    }
}
