//! A shelter's own locations, rooms and addresses.

mod address;
mod day;
mod file;
mod grid;
mod location;
mod room;

use desk::UseCase;

use crate::routes::Routes;

/// The pages of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/rooms", UseCase::KeepCapacity, grid::show)
        .get(
            "/work/rooms/locations/new",
            UseCase::KeepRooms,
            location::new,
        )
        .post(
            "/work/rooms/locations/new",
            UseCase::KeepRooms,
            location::add,
        )
        .get(
            "/work/rooms/locations/{id}",
            UseCase::KeepRooms,
            location::show,
        )
        .post(
            "/work/rooms/locations/{id}",
            UseCase::KeepRooms,
            location::change,
        )
        .get(
            "/work/rooms/locations/{id}/room",
            UseCase::KeepRooms,
            room::new,
        )
        .post(
            "/work/rooms/locations/{id}/room",
            UseCase::KeepRooms,
            room::add,
        )
        .get(
            "/work/rooms/locations/{id}/address",
            UseCase::KeepAddress,
            address::show,
        )
        .post(
            "/work/rooms/locations/{id}/address",
            UseCase::KeepAddress,
            address::keep,
        )
        .get("/work/rooms/file", UseCase::KeepCapacity, file::show)
        .post("/work/rooms/file", UseCase::KeepCapacity, file::preview)
        .get("/work/rooms/file/csv", UseCase::KeepCapacity, file::csv)
        .get("/work/rooms/file/xlsx", UseCase::KeepCapacity, file::xlsx)
        .post("/work/rooms/file/take", UseCase::KeepCapacity, file::take)
        .post(
            "/work/rooms/file/refused",
            UseCase::KeepCapacity,
            file::give_back,
        )
        .get("/work/rooms/{id}", UseCase::KeepRooms, room::show)
        .post("/work/rooms/{id}", UseCase::KeepRooms, room::change)
        .post(
            "/work/rooms/locations/{id}/confirm",
            UseCase::KeepCapacity,
            grid::confirmed,
        )
        .get("/work/rooms/{id}/day", UseCase::KeepCapacity, day::show)
        .post("/work/rooms/{id}/day", UseCase::KeepCapacity, day::out)
        .post("/work/rooms/{id}/in", UseCase::KeepCapacity, day::back)
        .post(
            "/work/rooms/{id}/others",
            UseCase::KeepCapacity,
            day::others,
        )
        .get(
            "/work/rooms/{id}/stay/{placement}",
            UseCase::KeepCapacity,
            day::stay,
        )
        .post(
            "/work/rooms/{id}/stay/{placement}",
            UseCase::KeepCapacity,
            day::leaves,
        )
}
