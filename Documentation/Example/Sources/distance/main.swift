import Commands
import FewShot
import Kinds

let relationNetworks = AlgorithmDescription(
  name: "relation-nets", summary: "a learned comparison of each query with each class",
  reference: "Sung et al. 2018",
  classification: .of(RelationNetworks.filters, RelationNetworks.hidden, RelationNetworks.metaRate),
  regression: nil, trainsOn: .episode
) { try RelationNetworks($0, $1) }

Program.main(adding: [relationNetworks])
