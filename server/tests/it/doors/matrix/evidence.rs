//! The doors of evidence by file and by others, and of judging a whole group. They come before a piece is taken back.

use super::super::passes::Passes::{All, Assessors, Owner, OwnerAndAssessors};
use super::Row;

pub(super) const SHOWN: &[Row] = &[
    ("get", "/training/evidence/{evidence}/file", "{a piece of evidence}/file", OwnerAndAssessors),
    ("get", "/training/competences/{framework}/{code}/witness", "{a competence}/witness", Owner),
    ("post", "/training/competences/{framework}/{code}/witness", "{a competence}/witness", Owner),
    ("post", "/training/witnesses/{asked}/withdraw", "{a witness}/withdraw", Owner),
    ("get", "/training/competences/{framework}/{code}/codes", "{a competence}/codes", Owner),
    ("post", "/training/competences/{framework}/{code}/codes", "{a competence}/codes", Owner),
    ("get", "/training/assessing/groups/{cohort}/{framework}", "{a group to assess}", Assessors),
    ("post", "/training/assessing/groups/{cohort}/{framework}", "{a group to assess}", Assessors),
    ("get", "/training/w", "/training/w", All),
    ("get", "/training/w/done", "/training/w/done", All),
    ("get", "/training/w/{code}", "/training/w/x", All),
    ("post", "/training/w/{code}", "/training/w/x", All),
];
