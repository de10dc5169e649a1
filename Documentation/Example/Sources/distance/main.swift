import Commands
import FewShot
import Kinds

let learnedDistance = AlgorithmDescription(
  name: "learned-distance", summary: "a learned distance to the mean embedding of each class",
  reference: "Snell et al. 2017, with a distance of its own",
  classification: .of(LearnedDistance.filters, LearnedDistance.hidden, LearnedDistance.metaRate),
  regression: nil, trainsOn: .episode
) { try LearnedDistance($0, $1) }

Program.main(adding: [learnedDistance])
