//! Files that people add: in a folder, or with a service that speaks S3, which every node reaches.
//!
//! A file is written first and named by a row afterwards, so there may be files that no row names, and never the other
//! way round. Those are swept away.

use std::fmt;
use std::path::Path as FolderPath;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::training::evidence::file::FileId;
use futures::stream::{BoxStream, Stream, StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use tokio::io::AsyncWriteExt;

/// What goes into a service or a folder, and comes out of it.
pub use object_store::Error as FilesError;
/// How an address begins that names a bucket.
const S3: &str = "s3://";

/// Of a file on its way so much is held in memory for a folder; a service takes no smaller parts than the other.
const FOLDER_PART: usize = 256 << 10;
const SERVICE_PART: usize = 5 << 20;

/// Where files are. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    part: usize,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Files")
    }
}

/// A file on its way in. Dropped without [`Writing::done`], it leaves nothing behind.
#[derive(Debug)]
pub struct Writing(BufWriter);

impl Files {
    /// Opens a folder, which has to be there, or `s3://<bucket>/<folder>`, of which the keys, the region and another
    /// endpoint come from the environment, in the variables that everybody calls by the same names (`AWS_…`).
    ///
    /// # Errors
    /// When there is no such folder, or something is missing to reach the service.
    pub fn open(place: &str) -> Result<Self, FilesError> {
        let Some(address) = place.strip_prefix(S3) else {
            let store =
                LocalFileSystem::new_with_prefix(FolderPath::new(place))?.with_automatic_cleanup(false);
            return Ok(Self { store: Arc::new(store), part: FOLDER_PART });
        };
        let (bucket, folder) = address.split_once('/').unwrap_or((address, ""));
        let service = AmazonS3Builder::from_env().with_bucket_name(bucket).build()?;
        let store: Arc<dyn ObjectStore> = match folder.trim_end_matches('/') {
            "" => Arc::new(service),
            folder => Arc::new(PrefixStore::new(service, folder)),
        };
        Ok(Self { store, part: SERVICE_PART })
    }

    /// Whether files lie with a service, which looks after them itself.
    #[must_use]
    pub fn are_with_a_service(place: &str) -> bool {
        place.starts_with(S3)
    }

    /// Begins a file.
    #[must_use]
    pub fn begin(&self, id: FileId) -> Writing {
        Writing(BufWriter::with_capacity(self.store.clone(), path(id), self.part).with_max_concurrency(1))
    }

    /// All of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn whole(&self, id: FileId) -> Result<Bytes, FilesError> {
        self.store.get(&path(id)).await?.bytes().await
    }

    /// Puts other bytes in the place of a file; whoever reads gets the old or the new.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn replace(&self, id: FileId, bytes: Bytes) -> Result<(), FilesError> {
        self.store.put(&path(id), PutPayload::from_bytes(bytes)).await.map(drop)
    }

    /// A file bit by bit.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub async fn read(
        &self,
        id: FileId,
    ) -> Result<BoxStream<'static, Result<Bytes, FilesError>>, FilesError> {
        Ok(self.store.get(&path(id)).await?.into_stream())
    }

    /// Lets a file go. One that is not there is gone already.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn remove(&self, id: FileId) -> Result<(), FilesError> {
        match self.store.delete(&path(id)).await {
            Err(FilesError::NotFound { .. }) => Ok(()),
            other => other,
        }
    }

    /// The files that were written before an instant, in no order.
    pub fn older_than(&self, then: DateTime<Utc>) -> impl Stream<Item = Result<FileId, FilesError>> {
        let all = self.store.list(Some(&Path::from(FOLDER)));
        all.try_filter_map(move |it| async move {
            let id = it.location.filename().and_then(|it| it.parse().ok());
            Ok(id.filter(|_| it.last_modified < then))
        })
        .boxed()
    }
}

impl Writing {
    /// Adds some bytes, waiting for those before.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn add(&mut self, bytes: Bytes) -> Result<(), FilesError> {
        self.0.put(bytes).await
    }

    /// From now on the file is there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn done(mut self) -> std::io::Result<()> {
        self.0.shutdown().await
    }

    /// There is to be no such file.
    ///
    /// # Errors
    /// When what is there of it already cannot be taken away.
    pub async fn stop(mut self) -> Result<(), FilesError> {
        self.0.abort().await
    }
}

const FOLDER: &str = "evidence";

fn path(id: FileId) -> Path {
    Path::from_iter([FOLDER, &id.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> FileId {
        FileId::from_uuid(uuid::Uuid::now_v7())
    }

    #[tokio::test]
    async fn a_file_is_there_once_it_is_done_and_gone_once_it_is_removed() {
        let folder = tempfile::TempDir::new().unwrap();
        let files = Files::open(folder.path().to_str().unwrap()).unwrap();
        let (one, other) = (id(), id());
        let mut writing = files.begin(one);
        for _ in 0..40 {
            writing.add(Bytes::from(vec![7; 20_000])).await.unwrap();
        }
        assert!(files.whole(one).await.is_err(), "not before it is done");
        writing.done().await.unwrap();
        assert_eq!(files.whole(one).await.unwrap().len(), 800_000);
        let mut stopped = files.begin(other);
        stopped.add(Bytes::from(vec![7; 400_000])).await.unwrap();
        stopped.stop().await.unwrap();
        files.replace(one, Bytes::from_static(b"other")).await.unwrap();
        let parts: Vec<_> = files.read(one).await.unwrap().try_collect().await.unwrap();
        assert_eq!(parts.concat(), b"other");
        let soon = Utc::now() + chrono::TimeDelta::hours(1);
        let all: Vec<_> = files.older_than(soon).try_collect().await.unwrap();
        assert_eq!(all, [one], "what was stopped is not there");
        assert!(files.older_than(Utc::now() - chrono::TimeDelta::hours(1)).next().await.is_none());
        files.remove(one).await.unwrap();
        files.remove(one).await.unwrap();
        assert!(files.whole(one).await.is_err());
    }
}
