// A small grey photo, as somebody has it on their phone.

/** What the field for a file takes. */
export const PHOTO = {
  name: "IMG_0042.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.from(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAABQb/xAAWEAADAAAAAAAAAAAAAAAAAAAABUH/2gAIAQEAAD8AKXwpl8P/2Q==",
    "base64",
  ),
};
