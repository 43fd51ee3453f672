export const ORIGINALS = "pinhole-originals";
export const THUMBNAILS = "pinhole-thumbnails";
export const PHOTOS_TABLE = "photos";
export const SIZES = [160, 480, 1280];

export const QUEUE_URL = process.env.QUEUE_URL!;
