import java.nio.file.Path;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.importer.ImportCommand;
import picocli.CommandLine;

/**
 * Neo4j's own bulk importer, what `neo4j-admin database import full` runs, on a home whose server stands still.
 *
 * Arguments: the home, then those of the command (--nodes=…, --relationships=…, the database).
 */
public final class Import {
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        String[] rest = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        ImportCommand.Full command = new ImportCommand.Full(new ExecutionContext(home, home.resolve("conf")));
        System.exit(new CommandLine(command).setUsageHelpWidth(100).execute(rest));
    }
}
