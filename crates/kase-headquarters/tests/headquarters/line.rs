//! Order within a customer, independence between customers.

use serde_json::json;

use crate::world::{On, RIGA, World, anna, creation, customer_id, edit};

#[tokio::test]
async fn a_refused_operation_parks_its_own_customer_and_nobody_else() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let nameless = edit(
        1,
        1,
        version,
        &[("first_name", json!("Anna"), json!(null)), ("last_name", json!("Kalniņa 1"), json!(null))],
    );
    let parked = edit(2, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let free = edit(3, 2, version, &[("email", json!(null), json!("berta@inbox.lv"))]);
    let operations = [anna(1, version), nameless.clone(), parked.clone(), anna(2, version), free.clone()];
    world.push(RIGA, &operations).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused, progress.more), (3, 1, false));
    assert_eq!(status(&world, &nameless).await, "refused");
    assert_eq!(world.operation(&nameless).await.error_field.as_deref(), Some("first_name"));
    assert_eq!(status(&world, &parked).await, "at_headquarters");
    assert_eq!(status(&world, &free).await, "applied");

    world.convert().await;
    assert_eq!(status(&world, &parked).await, "at_headquarters", "it stays parked, run after run");
}

#[tokio::test]
async fn a_parked_operation_goes_on_once_the_refused_one_is_corrected() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let titled = creation(1, version, json!({"title": "Dr.", "first_name": "Anna"}));
    world.push(RIGA, std::slice::from_ref(&titled)).await;
    world.convert().await;
    assert_eq!(status(&world, &titled).await, "refused");
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let parked = edit(2, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    world.push(RIGA, std::slice::from_ref(&parked)).await;
    world.convert().await;
    assert_eq!(status(&world, &parked).await, "at_headquarters");

    let id = titled.operation().id;
    world.headquarters.synchronize_operation(id, "admin").await.unwrap();
    world.convert().await;
    assert_eq!(status(&world, &parked).await, "applied");
    let state = world.state(customer_id(1)).await.unwrap();
    assert_eq!(state.customer.email.unwrap().as_str(), "anna@inbox.lv");
}

#[tokio::test]
async fn operations_of_a_customer_take_effect_in_the_order_of_their_arrival() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let mut operations = vec![anna(1, version)];
    let mut before = json!(null);
    for step in 1..=20 {
        let after = json!(format!("step{step}@inbox.lv"));
        operations.push(edit(step, 1, version, &[("email", before.clone(), after.clone())]));
        before = after;
    }
    for operation in operations {
        world.push(RIGA, &[operation]).await;
    }
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.held), (21, 0));
    let state = world.state(customer_id(1)).await.unwrap();
    assert_eq!(state.customer.email.unwrap().as_str(), "step20@inbox.lv");
}

async fn status(world: &World, operation: &kase_replication::RecordedOperation) -> String {
    let status = world.operation(operation).await.status;
    serde_json::to_value(status).unwrap().as_str().unwrap().to_owned()
}
