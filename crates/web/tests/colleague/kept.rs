//! What the tables keep, looked at behind every page: sealed bytes and the ledger of access.

use super::Office;

impl Office {
    async fn mediation(&self, number: &str) -> rules::mediation::Mediation {
        let all = rules::access::Scope::Community(self.community);
        let number = number.parse().expect("a number");
        let reader = self.house.store.reader();
        reader
            .mediation_numbered(&all, self.community, &number)
            .await
            .expect("the mediation")
    }

    /// How many entries the ledger of access has for the parties of a mediation.
    pub async fn looks_at_parties(&self, number: &str) -> usize {
        let reader = self.house.store.reader();
        let found = self.mediation(number).await;
        let parties = reader
            .parties(self.community, found.id)
            .await
            .expect("the parties");
        let mut looks = 0;
        for party in parties {
            let report = rules::ids::ReportId(party.id.0);
            let entries = reader.accesses(self.community, report).await;
            looks += entries.expect("the ledger").len();
        }
        looks
    }

    /// What the rows of a mediation hold, as bytes: to look for words that must not be there.
    pub async fn sealed_bytes(&self, number: &str) -> Vec<u8> {
        let reader = self.house.store.reader();
        let found = self.mediation(number).await;
        let words = reader
            .mediation_words(self.community, found.id)
            .await
            .expect("words");
        let parties = reader
            .parties(self.community, found.id)
            .await
            .expect("parties");
        let mut bytes: Vec<u8> = words.into_iter().flat_map(|one| one.words).collect();
        for party in parties {
            bytes.extend(party.name.unwrap_or_default());
            bytes.extend(party.phone.unwrap_or_default());
        }
        bytes
    }

    /// The row of a complaint.
    pub async fn complaint(&self, number: &str) -> rules::complaint::Complaint {
        let reader = self.house.store.reader();
        let number = number.parse().expect("a number");
        let found = reader.complaint_numbered(self.community, &number).await;
        found.expect("the complaint")
    }

    /// What the row of a complaint holds, as bytes: to look for words that must not be there.
    pub async fn sealed_complaint(&self, number: &str) -> Vec<u8> {
        let reader = self.house.store.reader();
        let id = self.complaint(number).await.id;
        let words = reader.complaint_words(self.community, id).await;
        let words = words.expect("the words");
        let more = [
            words.about,
            words.name,
            words.phone,
            words.answer,
            words.along,
        ];
        let more = more.into_iter().flatten().flatten();
        words.words.into_iter().chain(more).collect()
    }

    /// How many entries the ledger of access has for a report.
    pub async fn looks(&self, number: &str) -> usize {
        let number = number.parse().expect("a number");
        let reader = self.house.store.reader();
        let report = reader
            .report_numbered(self.community, &number)
            .await
            .expect("the report");
        reader
            .accesses(self.community, report.id)
            .await
            .expect("the ledger")
            .len()
    }
}
