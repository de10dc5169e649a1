/// A run that learns the parameters of networks with Adam: they are archived under their names.
public protocol NetworkRun: CellRun, NetworkArchives {}
